/** Protocols that tests and pictures are made of. All people and places are invented. */
import type { AgendaView } from '../agenda.ts'
import type { ProtocolView } from '../protocol/view.ts'

const AT = Date.UTC(2026, 10, 27, 9, 30)
export const KAZAKH = 'Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ₸'

export const meeting: ProtocolView = {
  lang: 'ru',
  createdAt: AT,
  organisation: 'Городская поликлиника № 7, Тараз',
  kind: 'interagency',
  number: '42',
  version: 1,
  day: '2026-11-25',
  from: '10:00',
  to: '11:30',
  place: 'Тараз, ул. Абая 15, кабинет 204',
  child: { name: 'Сейітқали Әлихан Нұрланұлы', fileNumber: 'TRZ-2026-17' },
  coordinator: { name: 'Ахметова Гүлнар Сәкенқызы', position: 'супервизор' },
  agreedWith: { name: 'Жұмабаев Марат Ерланұлы', position: 'руководитель организации', day: '2026-11-18' },
  participants: [
    {
      name: 'Ахметова Гүлнар Сәкенқызы',
      organisation: 'Городская поликлиника № 7',
      role: 'супервизор',
      group: 'organisation',
      attendance: 'came',
    },
    {
      name: 'Оспанова Айгерім Болатқызы',
      organisation: 'Городская поликлиника № 7',
      role: 'социальный работник',
      group: 'organisation',
      attendance: 'came',
    },
    { name: 'Қасымов Ерлан', organisation: 'Отдел полиции, ювенальная инспекция', role: 'инспектор', group: 'agency', attendance: 'came' },
    {
      name: 'Ығылманова Һадиша',
      organisation: 'Орган опеки и попечительства',
      role: 'специалист',
      group: 'agency',
      attendance: 'by-video',
    },
    { name: 'Петрова Елена Ивановна', organisation: 'Отдел образования', role: 'методист', group: 'agency', attendance: 'absent' },
    { name: 'Сейітқали Нұрлан', role: 'отец', group: 'family', attendance: 'came' },
  ],
  needs: [
    'Безопасность дома: отец и мать не оставляют ребенка одного',
    'Прививки по возрасту',
    'Доход семьи: пособие 43 250 ₸ не оформлено',
  ],
  measures: [
    { text: 'Оформить пособие на ребенка (43 250 ₸ в месяц)', responsible: 'Отдел социальной защиты', day: '2026-12-10' },
    { text: 'Посещать семью раз в неделю', responsible: 'Оспанова Айгерім Болатқызы', day: '2026-12-02' },
    { text: 'Записать мать к наркологу и сообщить о приеме', responsible: 'Қасымов Ерлан', day: '2026-12-04' },
  ],
  opinions: [],
  commission: { isAsked: false },
  next: { day: '2026-12-23', time: '10:00' },
  writtenBy: { name: 'Оспанова Айгерім Болатқызы', position: 'социальный работник' },
  sent: [
    { to: 'Орган опеки и попечительства', way: 'mail-file', day: '2026-11-27', delivered: 'accepted' },
    { to: 'Отдел полиции, ювенальная инспекция', way: 'mail-link', day: '2026-11-27', delivered: 'confirmed' },
    { to: 'Сейітқали Нұрлан', way: 'paper', day: '2026-11-27', delivered: 'handed-over' },
  ],
  familyTold: { day: '2026-11-27', how: 'вручено отцу' },
  copyInFile: '2026-11-27',
}

export const review: ProtocolView = {
  ...meeting,
  lang: 'kk',
  kind: 'review',
  reviewNumber: 2,
  number: '43/1',
  report: {
    text: 'Жоспардың үш шарасының екеуі орындалды. Отбасы жәрдемақы алады (43 250 ₸), бала егілген.\n\nАнасы дәрігерге бармады.',
    proposals: ['Жоспарды өзгерістермен жалғастыру', 'Апасымен келісу'],
  },
  decision: { code: 'continue', reason: 'Қауіп деңгейі төмендеді, бірақ шаралар аяқталмады.' },
  opinions: [
    { author: 'Қасымов Ерлан, полиция', demand: 'foster-family', text: 'Ата-анасы ішуді тоқтатқан жоқ; бала түнде жалғыз қалған.' },
    { author: 'Ығылманова Һадиша', demand: 'birth-family', text: 'Апасы қамқорлыққа дайын.' },
  ],
  commission: { isAsked: true, which: 'commission-services', pmpkFirst: true },
}

/** A correction, as everybody gets it anew. */
export const corrected: ProtocolView = {
  ...meeting,
  lang: 'en',
  version: 2,
  correction: {
    replaces: 1,
    day: '2026-11-30',
    by: 'Оспанова Айгерім Болатқызы',
    reason: 'The date was typed wrongly.',
    changes: ['Measure 2: due 2 December 2026 instead of 12 December 2026', 'Attendance of Petrova E. I.: absent instead of took part'],
  },
}

/** As printed before the meeting: all is left to the pen. */
export const empty: ProtocolView = {
  lang: 'ru',
  createdAt: AT,
  organisation: meeting.organisation,
  kind: 'review',
  number: '44',
  version: 1,
  day: '2026-11-25',
  child: { name: 'Сейітқали Әлихан Нұрланұлы', fileNumber: 'TRZ-2026-17' },
  participants: [],
  needs: [],
  measures: [],
  opinions: [],
  sent: [],
}

const LONG_NAME = 'Әбдірахманқызы-Қожахметова '.repeat(11).trim()
const UNBROKEN = 'Щ'.repeat(300)

/** As long as the fields let people write. */
export const crowded: ProtocolView = {
  ...review,
  lang: 'kk',
  organisation: LONG_NAME,
  number: '9'.repeat(60),
  place: UNBROKEN,
  child: { name: UNBROKEN, fileNumber: 'TRZ-2026-100000' },
  participants: Array.from({ length: 60 }, (_, n) => ({
    name: n % 7 === 0 ? UNBROKEN : `${LONG_NAME} ${n + 1}`,
    organisation: `${LONG_NAME} ${n + 1}`,
    role: 'маман',
    group: 'agency' as const,
    attendance: 'came' as const,
  })),
  report: { text: `${'Өте ұзын есеп: әрбір шара туралы. '.repeat(590)}соңы-есеп`, proposals: ['ұсыныс'] },
  needs: Array.from({ length: 20 }, (_, n) => `${KAZAKH} ${'қажеттілік '.repeat(25)} ${n + 1}`),
  measures: Array.from({ length: 40 }, (_, n) => ({
    text: n === 3 ? `${'шара '.repeat(3_900)}соңы-шара` : n === 4 ? 'Ж'.repeat(19_000) : `${'шара '.repeat(30)} ${n + 1}`,
    responsible: n % 5 === 0 ? UNBROKEN : LONG_NAME,
    day: '2026-12-31',
  })),
  opinions: [{ author: LONG_NAME, demand: 'other', text: `${'пікір\n'.repeat(3_000)}соңы-пікір` }],
  sent: Array.from({ length: 60 }, (_, n) => ({
    to: `${LONG_NAME} ${n + 1}`,
    way: 'mail-link' as const,
    day: '2026-11-27',
    delivered: 'opened' as const,
  })),
}

export const agenda: AgendaView = {
  lang: 'ru',
  createdAt: AT,
  caseNumber: 'TRZ-2026-17',
  organisation: meeting.organisation,
  kind: 'interagency',
  day: '2026-11-25',
  from: '10:00',
  to: '11:30',
  place: meeting.place,
  items: ['Как выполнен план', 'Какие меры нужны и кто за них отвечает', 'Дата следующего совещания'],
  invited: ['Орган опеки и попечительства', 'Отдел полиции, ювенальная инспекция', 'Отдел образования'],
  phone: '+7 700 000 10 10',
}

export const DOCUMENTS = { meeting, review, corrected, empty, crowded } as const
