/** CP-13: the urgent notice of danger to a child's life or health, to law enforcement and the juvenile inspection. Who reported is not in it. */
import type { Lang } from '@tirek/contract/roles'
import { paperMoment } from '@tirek/contract/journals'
import type { Text } from '@tirek/procedure/programme'
import type { Sheet } from '../sheet.ts'
import { caption, clean, joined } from '../text.ts'
import { BLANK_MADE_AT, headingOf, signatures, type Named, type OfCase } from './act-sheet.ts'

export type UrgentNoticeView = {
  lang: Lang
  createdAt?: number
  organisation: string
  of?: OfCase
  child?:
    | {
        birthDay?: string | undefined
        age?: string | undefined
        sex?: string | undefined
        address?: string | undefined
        whereabouts?: string | undefined
      }
    | undefined
  /** When the report was received, ms UTC. */
  reportedAt?: number | undefined
  /** What of the criteria speaks of danger, in words. */
  dangers?: readonly string[]
  informs?: (Named & { phone?: string | undefined }) | undefined
}

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
export const NOTICE_TITLE = t(
  'Экстренное извещение об опасности для жизни или здоровья ребенка',
  'Баланың өміріне немесе денсаулығына төнген қауіп туралы шұғыл хабарлама',
  "Urgent notice of danger to a child's life or health",
)
const WORDS = {
  to: t(
    'Кому: правоохранительные органы; ювенальная полиция',
    'Кімге: құқық қорғау органдары; ювеналды полиция',
    'To: law enforcement; juvenile inspection',
  ),
  file: t('Обращение №', 'Өтініш №', 'Request no.'),
  child: t('Ребенок', 'Бала', 'Child'),
  birth: t('Дата рождения или возраст', 'Туған күні немесе жасы', 'Date of birth or age'),
  sex: t('Пол', 'Жынысы', 'Sex'),
  address: t('Адрес', 'Мекенжайы', 'Address'),
  whereabouts: t('Где ребенок сейчас', 'Бала қазір қайда', 'Where the child is now'),
  reported: t('Сообщение получено', 'Хабар алынды', 'Report received'),
  dangers: t('В чем опасность', 'Қауіп неде', 'What the danger is'),
  asked: t('Просим принять меры', 'Шара қолдануды сұраймыз', 'We ask you to act'),
  measures: t(
    'Выехать по адресу и обеспечить безопасность ребенка; сообщить нам, кто принял извещение и что сделано.',
    'Мекенжайға барып, баланың қауіпсіздігін қамтамасыз ету; хабарламаны кім қабылдағанын және не жасалғанын бізге хабарлау.',
    'Go to the address and make the child safe; tell us who took this notice and what was done.',
  ),
  informs: t('Извещение передал', 'Хабарламаны берген', 'Notice given by'),
  phone: t('Телефон для связи', 'Байланыс телефоны', 'Phone'),
  way: t('Как передано: дата, время', 'Қалай берілді: күні, уақыты', 'How it was given: date, time'),
  taken: t(
    'Кто принял: имя, должность, номер регистрации',
    'Кім қабылдады: аты-жөні, лауазымы, тіркеу нөмірі',
    'Who took it: name, position, number',
  ),
} as const satisfies Record<string, Text>

export function urgentNoticeSheet(view: UrgentNoticeView): Sheet {
  const { lang, of, child, informs } = view
  const row = (word: keyof typeof WORDS, text: string | undefined, pen?: number) => ({
    caption: caption(WORDS[word], lang),
    text: clean(text ?? ''),
    ...(pen !== undefined && { pen }),
  })
  return {
    lang,
    title: clean(joined([NOTICE_TITLE.ru, of?.number])),
    issuer: clean(view.organisation),
    heading: [...headingOf(NOTICE_TITLE, lang), caption(WORDS.to, lang)],
    createdAt: view.createdAt ?? BLANK_MADE_AT,
    blocks: [
      {
        kind: 'facts',
        rows: [
          row('file', of?.number),
          row('child', of?.child),
          row('birth', child?.birthDay ?? child?.age),
          row('sex', child?.sex),
          row('address', child?.address),
          row('whereabouts', child?.whereabouts),
          row('reported', view.reportedAt === undefined ? '' : paperMoment(view.reportedAt)),
        ],
      },
      { kind: 'texts', caption: caption(WORDS.dangers, lang), texts: (view.dangers ?? []).map(clean), pen: 3 },
      { kind: 'texts', caption: caption(WORDS.asked, lang), texts: [WORDS.measures[lang]], pen: 0 },
      { kind: 'facts', rows: [row('phone', informs?.phone), row('way', ''), row('taken', '', 2)] },
      signatures(WORDS.informs, informs ? [informs] : [], lang),
    ],
  }
}
