/** Words of notices on a device. */
import { wordsIn, type Said } from '../words.ts'

export const PUSH = {
  title: ['Час на этом устройстве', 'Осы құрылғыдағы сағат', 'The hour on this device'],
  off: [
    'Когда идет неотложный час, устройство может сообщить о нем, даже если страница закрыта: название, номер случая и ссылка, без имен.',
    'Шұғыл сағат жүріп жатқанда, бет жабық болса да құрылғы хабарлай алады: атауы, іс нөмірі және сілтеме, есімдерсіз.',
    'While an urgent hour runs, this device can tell you even with the page closed: title, case number and link, no names.',
  ],
  on: [
    'О неотложном часе это устройство сообщит, даже если страница закрыта. После выхода не сообщает.',
    'Шұғыл сағат туралы бұл құрылғы бет жабық болса да хабарлайды. Жүйеден шыққан соң хабарламайды.',
    'This device tells you of an urgent hour even with the page closed. After you sign out it does not.',
  ],
  refused: [
    'Браузеру запрещено показывать уведомления этой страницы. Разрешите их в настройках браузера, затем вернитесь сюда.',
    'Браузерге бұл беттің хабарламаларын көрсетуге тыйым салынған. Браузер баптауларында рұқсат беріп, осында оралыңыз.',
    'The browser may not show notices of this page. Allow them in its settings, then come back here.',
  ],
  allow: ['Разрешить', 'Рұқсат ету', 'Allow'],
  stop: ['Выключить', 'Өшіру', 'Stop'],
} as const satisfies Record<string, Said>

export const pushWords = wordsIn(PUSH)
