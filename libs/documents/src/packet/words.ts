/** Captions of the cover letter. The official ones are Russian, with Kazakh beside in every language of the packet. */
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })

export const WORDS = {
  packet: t('Пакет', 'Топтама', 'Packet'),
  cover: t('Сопроводительное письмо', 'Ілеспе хат', 'Cover letter'),
  outgoing: t('Исходящий №, дата', 'Шығыс №, күні', 'Outgoing no., date'),
  out: t('Исх. №', 'Шығ. №', 'Out no.'),
  to: t('Кому', 'Кімге', 'To'),
  child: t('Ребенок', 'Бала', 'Child'),
  born: t('дата рождения', 'туған күні', 'born'),
  file: t('личное дело № {n}', 'жеке іс № {n}', 'personal file no. {n}'),
  proposed: t('Предлагаемая форма устройства', 'Ұсынылатын орналастыру нысаны', 'Proposed form of care'),
  answerBy: t('Просим ответить до', 'Мына күнге дейін жауап беруіңізді сұраймыз', 'Please answer by'),
  phone: t('Телефон для связи', 'Байланыс телефоны', 'Phone'),
  question: t('Вопрос, который выносится', 'Қаралатын мәселе', 'The question put'),
  demands: t(
    'Мотивированные требования участников пересмотра',
    'Қайта қарауға қатысушылардың дәлелді талаптары',
    'Reasoned demands of members of the review',
  ),
  author: t('Кто', 'Кім', 'Who'),
  demand: t('Чего требует', 'Нені талап етеді', 'Demand'),
  reasons: t('Обоснование', 'Негіздеме', 'Reasons'),
  noDemands: t('Особых требований участники не заявили.', 'Қатысушылар ерекше талап қойған жоқ.', 'No member made a demand.'),
  enclosures: t('Перечень приложений', 'Қосымшалар тізбесі', 'List of enclosures'),
  document: t('Документ', 'Құжат', 'Document'),
  pages: t('Страницы пакета', 'Топтама беттері', 'Pages of the packet'),
  sheets: t('{first}–{last} ({count} стр.)', '{first}–{last} ({count} бет)', '{first}–{last} ({count} p.)'),
  one: t('{first} (1 стр.)', '{first} (1 бет)', '{first} (1 p.)'),
  hash: t('Отпечаток файла SHA-256', 'Файлдың SHA-256 таңбасы', 'SHA-256 of the file'),
  none: t('Приложений нет.', 'Қосымшалар жоқ.', 'No enclosures.'),
  total: t(
    'Всего в пакете страниц: {n}, включая это письмо.',
    'Топтамадағы барлық бет саны: {n}, осы хатпен бірге.',
    'Pages in all: {n}, with this letter.',
  ),
  secret: t(
    'Содержит персональные данные ребенка и семьи. Передавать только тем, кто решает вопрос.',
    'Бала мен отбасының дербес деректері бар. Тек мәселені шешетіндерге беріледі.',
    'Holds personal data of a child and a family. Only for those who decide the question.',
  ),
  signed: t('Подписал(а)', 'Қол қойған', 'Signed by'),
  name: t('ФИО, должность', 'Аты-жөні, лауазымы', 'Name, position'),
  signature: t('Подпись', 'Қолы', 'Signature'),
  day: t('Дата', 'Күні', 'Date'),
} as const satisfies Record<string, Text>
