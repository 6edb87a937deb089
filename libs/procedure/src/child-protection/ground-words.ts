/** Words of the facts that a deadline was counted from. */
import type { Text } from '../programme.ts'

const text = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

// oxfmt-ignore
export const GROUND_WORDS = {
  'report-received':     text('Сообщение получено', 'Хабар алынды', 'The report was received'),
  recorded:              text('Записано', 'Жазылды', 'Recorded'),
  level:                 text('Степень риска', 'Қауіп деңгейі', 'Risk level'),
  'measures-agreed':     text('Меры согласованы', 'Шаралар келісілді', 'Measures agreed'),
  'law-enforcement':     text('Полиция извещена', 'Полиция хабардар етілді', 'Police informed'),
  'juvenile-inspection': text('Ювенальная инспекция извещена', 'Ювеналды инспекция хабардар етілді', 'Juvenile inspection informed'),
  'evidence-withdrawn':  text('Подтверждение отозвано', 'Растау қайтарып алынды', 'Evidence was withdrawn'),
  'since-before-plan':   text('Сопровождение началось', 'Сүйемелдеу басталды', 'Support began'),
  'since-plan':          text('План подписан', 'Жоспарға қол қойылды', 'The plan was signed'),
  'since-placement':     text('Записано, где живет ребенок', 'Баланың қайда тұратыны жазылды', 'Where the child lives was recorded'),
  'since-stop':          text('Контакты остановлены', 'Байланыс тоқтатылды', 'Contacts stopped'),
  lives:                 text('Где живет ребенок', 'Бала қайда тұрады', 'Where the child lives'),
  'as-parents':          text('Супервизор установил посещения как у родителей', 'Супервайзер ата-анадағыдай баруды белгіледі', 'The supervisor set visits as with parents'),
  'often-until':         text('Первый, частый период до', 'Бірінші, жиі кезең соңы', 'The first, frequent period ends'),
  'needed-until':        text('Норма действует до', 'Норма соңы', 'The norm holds until'),
  'last-contact':        text('Последний засчитанный контакт', 'Соңғы есептелген байланыс', 'The last contact that counts'),
  'no-contact-yet':      text('Засчитанных контактов еще нет', 'Есептелген байланыс әлі жоқ', 'No contact counts yet'),
  attempt:               text('Попытка, контактом не считается', 'Әрекет, байланыс болып есептелмейді', 'An attempt, which does not count'),
  'day-set':             text('День назначен работником', 'Күнді қызметкер белгіледі', 'The worker set the day'),
  'own-term':            text('Организация установила свой срок вместо', 'Ұйым өз мерзімін белгіледі, бұрынғысы', 'The organisation set its own term instead of'),
  'counted-from':        text('Отсчет от', 'Есептеу басы', 'Counted from'),
  'day-named':           text('День назван в записи', 'Күн жазбада көрсетілген', 'The day is named in the record'),
  'sent-to':             text('Куда направлено', 'Қайда жіберілді', 'Sent to'),
  decided:               text('Пересмотр решил', 'Қайта қарау шешімі', 'The review decided'),
  'monitoring-until':    text('Мониторинг до', 'Мониторинг соңы', 'Monitoring until'),
  'working-days':        text('Считаются рабочие дни, календарь', 'Жұмыс күндері есептеледі, күнтізбе', 'Working days are counted, calendar'),
  'from-paper':          text('Случай внесен с бумаги: срок не раньше следующего дня', 'Іс қағаздан енгізілді: мерзім келесі күннен ерте емес', 'Entered from paper: due the next day at the earliest'),
} as const satisfies Record<string, Text>

export type GroundCode = keyof typeof GROUND_WORDS
