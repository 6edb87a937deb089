/** The words of mail about referrals, in three languages. `{name}` is filled in. No word of a family: only a number of a case. */
import { fill } from '@tirek/contract/problems'
import type { ReferralMailKind } from '@tirek/contract/referral-mails'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
type Words = { title: Text; intro: Text }

/** `title`: the subject and heading. `intro`: the first sentence. */
export const REFERRAL_WORDS = {
  'referral-sent': {
    title: t('Направление', 'Жолдама', 'Referral'),
    intro: t(
      '{organisation} направляет вам документы и просит рассмотреть вопрос: {question}. Случай {case}.',
      '{organisation} сізге құжаттар жолдап, мына мәселені қарауды сұрайды: {question}. Іс {case}.',
      '{organisation} sends you documents and asks you to consider: {question}. Case {case}.',
    ),
  },
  'referral-reminded': {
    title: t('Напоминание: ждем ответа на направление', 'Еске салу: жолдамаға жауап күтеміз', 'Reminder: a referral awaits your answer'),
    intro: t(
      '{organisation} еще не знает вашего ответа. Вопрос: {question}. Случай {case}.',
      '{organisation} сіздің жауабыңызды әлі білмейді. Мәселе: {question}. Іс {case}.',
      '{organisation} does not know your answer yet. The question: {question}. Case {case}.',
    ),
  },
  'referral-withdrawn': {
    title: t('Направление отозвано', 'Жолдама қайтарып алынды', 'The referral was taken back'),
    intro: t(
      '{organisation} отзывает направление. Вопрос был: {question}. Случай {case}. Отвечать не нужно.',
      '{organisation} жолдаманы қайтарып алады. Мәселе: {question}. Іс {case}. Жауап берудің қажеті жоқ.',
      '{organisation} takes the referral back. The question was: {question}. Case {case}. No answer is needed.',
    ),
  },
  'referral-answered': {
    title: t('Ваш ответ на направление записан', 'Жолдамаға жауабыңыз жазылды', 'Your answer to the referral is noted'),
    intro: t(
      'По ссылке из письма записан ответ. Вопрос: {question}. Случай {case}, {organisation}. Если отвечали не вы, сразу позвоните в эту организацию.',
      'Хаттағы сілтеме бойынша жауап жазылды. Мәселе: {question}. Іс {case}, {organisation}. Жауапты сіз бермесеңіз, осы ұйымға бірден қоңырау шалыңыз.',
      'An answer was noted by the link of a mail. The question: {question}. Case {case}, {organisation}. If it was not you who answered, call this organisation at once.',
    ),
  },
} as const satisfies Record<ReferralMailKind, Words>

/** What had been asked for is brought. */
export const MORE_SENT = {
  title: t('Направление: то, что вы запросили', 'Жолдама: сіз сұраған құжаттар', 'Referral: what you asked for'),
  intro: t(
    '{organisation} присылает то, что вы запросили. Вопрос: {question}. Случай {case}.',
    '{organisation} сіз сұраған құжаттарды жібереді. Мәселе: {question}. Іс {case}.',
    '{organisation} sends what you asked for. The question: {question}. Case {case}.',
  ),
} as const satisfies Words

const LINES = {
  case: t('случай', 'іс', 'case'),
  to: t('Кому', 'Кімге', 'To'),
  due: t('Ответ ждут до', 'Жауап мына күнге дейін күтіледі', 'The answer is awaited by'),
  given: t('Ответ', 'Жауап', 'Answer'),
  attached: t('Вложено', 'Қоса берілді', 'Attached'),
  hash: t('SHA-256 файла', 'Файлдың SHA-256 таңбасы', 'SHA-256 of the file'),
  file: t('Открыть пакет документов', 'Құжаттар топтамасын ашу', 'Open the packet'),
  code: t(
    'Нужен код: его вам скажут по телефону или дадут на бумаге. В письмах код не бывает.',
    'Код қажет: оны сізге телефон арқылы айтады немесе қағазда береді. Код хатта болмайды.',
    'You need a code: you are told it by phone or on paper. No mail holds it.',
  ),
  receipt: t(
    'Подтвердить, что направление получено (входить в систему не нужно)',
    'Жолдаманың алынғанын растау (жүйеге кіру қажет емес)',
    'Confirm that the referral has arrived (no sign-in)',
  ),
  answer: t(
    'Ответить на направление (входить в систему не нужно)',
    'Жолдамаға жауап беру (жүйеге кіру қажет емес)',
    'Answer the referral (no sign-in)',
  ),
  once: t(
    'По ссылке отвечают один раз. Если потом понадобится еще ответ, новая ссылка придет следующим письмом.',
    'Сілтеме бойынша бір рет жауап беріледі. Кейін тағы жауап қажет болса, жаңа сілтеме келесі хатпен келеді.',
    'The link takes one answer. If another is needed later, the next mail brings a new link.',
  ),
  next: t('Ответить, когда вопрос будет решен', 'Мәселе шешілгенде жауап беру', 'Answer when it is decided'),
  number: t(
    'Письмо № {n}. Пришло второй раз с тем же номером: это одно и то же письмо.',
    '№ {n} хат. Сол нөмірмен екінші рет келсе, бұл сол хат.',
    'Mail no. {n}. If it comes twice with one number, it is the same mail.',
  ),
  robot: t(
    'Письмо отправлено программой. Имен и сведений о семье в тексте письма нет: они только в документах.',
    'Хатты бағдарлама жіберді. Хат мәтінінде отбасы туралы аттар мен деректер жоқ: олар тек құжаттарда.',
    'This mail was sent by a program. Its text holds no names and nothing of a family: these stand in the documents alone.',
  ),
} as const satisfies Record<string, Text>

export const say = (what: keyof typeof LINES, lang: Lang, params: Record<string, string | number> = {}): string =>
  fill(LINES[what][lang], params)
