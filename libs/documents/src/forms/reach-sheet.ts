/**
 * CP-61: how the family reaches us, in its language and in plain words: whom, where, when, what comes next, what to do in danger. It lies about at
 * home, so it names nobody of the family and no reason.
 */
import type { Block } from '@tirek/contract/prints'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { fileNameOf } from '../file-name.ts'
import type { Sheet } from '../sheet.ts'
import { clean } from '../text.ts'
import { BLANK_MADE_AT } from './act-sheet.ts'

export type ReachView = {
  lang: Lang
  createdAt?: number
  organisation: string
  /** Who leads the case. */
  worker?: { name: string; phone?: string | undefined } | undefined
  /** `HH:MM` of the working day. */
  hours?: { from: string; to: string } | undefined
  /** Where the case stands; absent: what comes next is written by hand. */
  stage?: string | undefined
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  title: t('Как с нами связаться', 'Бізге қалай хабарласуға болады', 'How to reach us'),
  lead: t(
    'Сохраните этот лист. Звоните, если что-то изменилось, если нужна помощь или совет.',
    'Бұл парақты сақтап қойыңыз. Бірдеңе өзгерсе, көмек не кеңес керек болса, қоңырау шалыңыз.',
    'Keep this sheet. Call when something has changed, or when you need help or advice.',
  ),
  whom: t('Ваш социальный работник', 'Сіздің әлеуметтік қызметкеріңіз', 'Your social worker'),
  phone: t('Телефон', 'Телефон', 'Phone'),
  otherPhone: t(
    'Если не отвечает, телефон организации',
    'Жауап бермесе, ұйымның телефоны',
    'If there is no answer, phone of the organisation',
  ),
  organisation: t('Организация', 'Ұйым', 'Organisation'),
  address: t('Адрес', 'Мекенжай', 'Address'),
  hours: t('Когда мы работаем', 'Жұмыс уақыты', 'When we are there'),
  workdays: t('в рабочие дни с {from} до {to}', 'жұмыс күндері {from}–{to}', 'on working days from {from} to {to}'),
  meeting: t('Следующая встреча: день, время, место', 'Келесі кездесу: күні, уақыты, орны', 'Next meeting: day, time, place'),
  next: t('Что будет дальше', 'Әрі қарай не болады', 'What happens next'),
  may: t('Вы можете', 'Сіз мыналарды жасай аласыз', 'You may'),
  danger: t('Если опасность рядом, не ждите нас', 'Қауіп төнсе, бізді күтпеңіз', 'In danger, do not wait for us'),
} as const satisfies Record<string, Text>

const DANGER: readonly Text[] = [
  t('102: полиция', '102: полиция', '102: police'),
  t('103: скорая помощь', '103: жедел жәрдем', '103: ambulance'),
  t('112: любая беда, единый номер', '112: кез келген төтенше жағдай, бірыңғай нөмір', '112: any emergency, one number for all'),
  t(
    '111: помощь детям, женщинам и семье, круглосуточно, бесплатно',
    '111: балаларға, әйелдерге және отбасына көмек, тәулік бойы, тегін',
    '111: help for children, women and families, day and night, free of charge',
  ),
]

const MAY: readonly Text[] = [
  t(
    'спросить, что о вас записано, и попросить исправить ошибку',
    'өзіңіз туралы не жазылғанын сұрау және қатені түзетуді өтіну',
    'ask what is written about you, and have a mistake put right',
  ),
  t(
    'сказать, с чем вы не согласны: мы это запишем',
    'немен келіспейтініңізді айту: біз оны жазып қоямыз',
    'say what you do not agree with: we write it down',
  ),
  t('привести с собой близкого человека', 'өзіңізбен бірге жақын адамды алып келу', 'bring somebody close to you'),
]

const TALK = t(
  'Социальный работник придет к вам или позвонит. Вместе мы поймем, какая помощь вам нужна.',
  'Әлеуметтік қызметкер сізге келеді немесе қоңырау шалады. Сізге қандай көмек керегін бірге анықтаймыз.',
  'The social worker comes to you or calls. Together we find out which help you need.',
)
const NEXT: Readonly<Record<string, readonly Text[]>> = {
  registered: [TALK],
  'urgent-measures': [TALK],
  'primary-assessment': [TALK],
  'comprehensive-assessment': [
    t(
      'Мы подробно поговорим с вами и с теми, кого вы назовете: что у вас получается и в чем нужна поддержка.',
      'Сізбен және сіз атаған адамдармен егжей-тегжейлі сөйлесеміз: неде жақсысыз және қандай қолдау керек.',
      'We talk with you, and with those whom you name: what goes well, and where you need support.',
    ),
    t('То, что запишем, обсудим с вами.', 'Жазғанымызды сізбен талқылаймыз.', 'What we write down we go through with you.'),
  ],
  planning: [
    t(
      'Мы вместе составим план: кто, что и к какому дню делает. Вы подпишете его и получите копию.',
      'Бірге жоспар жасаймыз: кім, не, қай күнге дейін істейді. Сіз қол қойып, көшірмесін аласыз.',
      'Together we make a plan: who does what, and by when. You sign it and get a copy.',
    ),
  ],
  implementation: [
    t(
      'Мы приходим или звоним, как договорились, и вместе смотрим, что сделано.',
      'Келіскендей келіп тұрамыз немесе қоңырау шаламыз, не жасалғанын бірге қараймыз.',
      'We come or call as agreed, and look together at what has been done.',
    ),
    t(
      'Не реже раза в полгода мы встречаемся и меняем план, если нужно.',
      'Жарты жылда кемінде бір рет кездесіп, қажет болса жоспарды өзгертеміз.',
      'At least twice a year we meet and change the plan where needed.',
    ),
  ],
  monitoring: [
    t(
      'Вы справляетесь сами. Несколько месяцев мы будем узнавать, как у вас дела.',
      'Сіз өзіңіз еңсеріп жүрсіз. Бірнеше ай бойы жағдайыңызды біліп тұрамыз.',
      'You manage by yourselves. For some months we ask how you are.',
    ),
  ],
}
const AGAIN = t(
  'Если что-то изменится, позвоните или придите: мы поможем снова.',
  'Бірдеңе өзгерсе, қоңырау шалыңыз немесе келіңіз: қайтадан көмектесеміз.',
  'If something changes, call or come: we help again.',
)

export function reachSheet(view: ReachView): Sheet {
  const { lang, organisation, worker, hours, stage } = view
  const next = stage === undefined ? [] : [...(NEXT[stage] ?? []), AGAIN]
  const list = (head: Text, texts: readonly Text[], pen: number): Block => ({
    kind: 'texts',
    caption: head[lang],
    texts: texts.map((text) => text[lang]),
    pen,
  })
  return {
    lang,
    title: WORDS.title[lang],
    issuer: clean(organisation),
    heading: [WORDS.title[lang], WORDS.lead[lang]],
    createdAt: view.createdAt ?? BLANK_MADE_AT,
    isLarge: true,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { caption: WORDS.whom[lang], text: clean(worker?.name ?? '') },
          { caption: WORDS.phone[lang], text: clean(worker?.phone ?? '') },
          { caption: WORDS.otherPhone[lang], text: '' },
          { caption: WORDS.organisation[lang], text: clean(organisation) },
          { caption: WORDS.address[lang], text: '', pen: 2 },
          {
            caption: WORDS.hours[lang],
            text: hours ? WORDS.workdays[lang].replace('{from}', hours.from).replace('{to}', hours.to) : '',
          },
          { caption: WORDS.meeting[lang], text: '', pen: 2 },
        ],
      },
      list(WORDS.next, next, 3),
      list(WORDS.may, MAY, 0),
      list(WORDS.danger, DANGER, 0),
    ],
  }
}

/** `Как-с-нами-связаться.pdf`: no number of a case. */
export const reachFileName = (lang: Lang, ending: 'pdf' | 'docx'): string => fileNameOf([WORDS.title[lang]], ending)
