/** What the page behind an answer's link shows: which meeting, what was answered, and the form by which to answer. Plain HTML. */
import type { LinkAnswer, LinkMeeting } from '@tirek/contract/links'
import { LongestComment } from '@tirek/contract/links'
import { ANSWERS, type MeetingAnswer } from '@tirek/contract/mails'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { dayOf, type Instant } from '@tirek/procedure/time'
import { dayText, timeText } from './page-times.ts'

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const KINDS = {
  interagency: t('Межведомственное совещание', 'Ведомствоаралық жиналыс', 'Interagency meeting'),
  review: t('Совещание по пересмотру плана', 'Жоспарды қайта қарау жиналысы', 'Meeting to review the plan'),
  team: t('Совещание команды', 'Топ жиналысы', 'Team meeting'),
} as const satisfies Record<LinkMeeting['meetingKind'], Text>
const BUTTONS = {
  accepted: t('Приду', 'Келемін', 'I will come'),
  declined: t('Не приду', 'Келмеймін', 'I will not come'),
  tentative: t('Пока не знаю', 'Әзірге білмеймін', 'Not sure yet'),
} as const satisfies Record<MeetingAnswer, Text>
const WORDS = {
  case: t('Случай', 'Іс', 'Case'),
  who: t('Приглашает', 'Шақырушы', 'Invited by'),
  when: t('Когда', 'Қашан', 'When'),
  zone: t('время Казахстана, UTC+5', 'Қазақстан уақыты, UTC+5', 'time of Kazakhstan, UTC+5'),
  was: t('Было', 'Бұрын', 'Was'),
  where: t('Где', 'Қайда', 'Where'),
  video: t('По видео', 'Бейне арқылы', 'By video'),
  phone: t('Телефон', 'Телефон', 'Phone'),
  yours: t('Ваш ответ', 'Сіздің жауабыңыз', 'Your answer'),
  comment: t(
    'Сообщение тому, кто приглашает (не обязательно)',
    'Шақырушыға хабарлама (міндетті емес)',
    'A message to whoever invites (not needed)',
  ),
  names: t(
    'Не пишите имен и сведений о семье. Не больше {most} знаков.',
    'Отбасы туралы аттар мен деректерді жазбаңыз. {most} таңбадан аспасын.',
    'Do not write names or anything of a family. At most {most} characters.',
  ),
  moved: t(
    'Совещание перенесено. Новое время: {when}.',
    'Жиналыс ауыстырылды. Жаңа уақыты: {when}.',
    'The meeting was put off. The new time: {when}.',
  ),
} as const

/** Instead of what the purpose says of a link. */
export const MEETING_STATES = {
  cancelled: t(
    'Совещание отменено. Приходить и отвечать не нужно.',
    'Жиналыс болмайды. Келудің де, жауап берудің де қажеті жоқ.',
    'The meeting is cancelled. You need neither come nor answer.',
  ),
  'not-held': t(
    'Совещание не состоялось. О новом времени придет отдельное письмо.',
    'Жиналыс өтпеді. Жаңа уақыты туралы бөлек хат келеді.',
    'The meeting was not held. A mail will tell the new time.',
  ),
  'taken-back': t(
    'Приглашение вам отозвано. Приходить и отвечать не нужно.',
    'Сізге жіберілген шақыру қайтарып алынды. Келудің де, жауап берудің де қажеті жоқ.',
    'Your invitation is taken back. You need neither come nor answer.',
  ),
} as const satisfies Record<NonNullable<Extract<LinkAnswer, { over?: unknown }>['over']>, Text>

export const MEETING_PROBLEMS = {
  moved: t(
    'Ответ не записан: пока страница была открыта, совещание перенесли. Посмотрите новое время и ответьте еще раз.',
    'Жауап жазылмады: бет ашық тұрғанда жиналыс ауыстырылды. Жаңа уақытын қарап, қайта жауап беріңіз.',
    'Your answer is not noted: the meeting was moved while the page was open. Look at the new time and answer again.',
  ),
  'comment-too-long': t(
    'Ответ не записан: сообщение длиннее 1000 знаков. Сократите его и нажмите еще раз.',
    'Жауап жазылмады: хабарлама 1000 таңбадан ұзын. Қысқартып, қайта басыңыз.',
    'Your answer is not noted: the message is longer than 1000 characters. Shorten it and press again.',
  ),
  choose: t('Выберите один из трех ответов.', 'Үш жауаптың бірін таңдаңыз.', 'Choose one of the three answers.'),
} as const

export const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const WEEKDAYS: Record<Lang, Intl.DateTimeFormat> = Object.fromEntries(
  (['ru', 'kk', 'en'] as const).map((lang) => [lang, new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' })]),
) as Record<Lang, Intl.DateTimeFormat>
const day = (at: Instant, lang: Lang) => `${WEEKDAYS[lang].format(new Date(`${dayOf(at)}T12:00:00Z`))}, ${dayText(at)}`
const span = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }, lang: Lang) =>
  dayOf(startsAt) === dayOf(endsAt)
    ? `${day(startsAt, lang)}, ${timeText(startsAt)}–${timeText(endsAt)}`
    : `${day(startsAt, lang)}, ${timeText(startsAt)} – ${day(endsAt, lang)}, ${timeText(endsAt)}`

/** The meeting as a list of terms, with the answer that counts. */
export function meetingPart(meeting: LinkMeeting, lang: Lang): string {
  const { was } = meeting
  const isMoved = was !== undefined && (was.startsAt !== meeting.startsAt || was.endsAt !== meeting.endsAt)
  const rows: [string, string][] = [
    [WORDS.case[lang], escape(meeting.caseNumber)],
    [WORDS.who[lang], escape(meeting.organisationName)],
    [WORDS.when[lang], `<b>${span(meeting, lang)}</b> (${WORDS.zone[lang]})`],
    ...(isMoved ? [[WORDS.was[lang], `<s>${span(was, lang)}</s>`] as [string, string]] : []),
    ...(meeting.place ? [[WORDS.where[lang], escape(meeting.place)] as [string, string]] : []),
    ...(meeting.video ? [[WORDS.video[lang], `<a href="${escape(meeting.video)}">${escape(meeting.video)}</a>`] as [string, string]] : []),
    ...(meeting.phone
      ? [
          [WORDS.phone[lang], `<a href="tel:${escape(meeting.phone.replaceAll(/[^+\d]/g, ''))}">${escape(meeting.phone)}</a>`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(meeting.answered
      ? [
          [
            WORDS.yours[lang],
            `<b>${BUTTONS[meeting.answered.answer][lang]}</b> (${dayText(meeting.answered.at)} ${timeText(meeting.answered.at)})`,
          ] as [string, string],
        ]
      : []),
  ]
  return (
    `<h2>${KINDS[meeting.meetingKind][lang]}</h2>${isMoved ? `<p class="grave">${WORDS.moved[lang].replace('{when}', span(meeting, lang))}</p>` : ''}` +
    `<dl>${rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join('')}</dl>`
  )
}

/** Three buttons and a message. `hidden`: the token and the language; `typed`: what was typed before and was not noted. */
export function answerForm(meeting: LinkMeeting, lang: Lang, hidden: string, typed: string | undefined): string {
  const most = String(LongestComment)
  return (
    `<form method="post" action="/l/use">${hidden}<input type="hidden" name="shownAt" value="${meeting.startsAt}">` +
    `<label for="comment">${WORDS.comment[lang]}</label><textarea id="comment" name="comment" rows="4" maxlength="${most}" aria-describedby="names">${escape(typed ?? '')}</textarea>` +
    `<p class="soft" id="names">${WORDS.names[lang].replace('{most}', most)}</p>` +
    `<div class="answers">${ANSWERS.map((answer) => `<button class="act ${answer}" name="answer" value="${answer}">${BUTTONS[answer][lang]}</button>`).join('')}</div></form>`
  )
}
