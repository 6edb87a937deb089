/**
 * The page behind a one-time link: plain HTML, no script, no other request. It shows a number and a button, nothing of the case; to who was asked to a
 * meeting what the mail said too.
 */
import { LINK_PURPOSES, type LinkAnswer, type LinkPurposeRow, type LinkUse } from '@tirek/contract/links'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { MINUTE, type Instant } from '@tirek/procedure/time'
import { createHash } from 'node:crypto'
import { DECISION_PROBLEMS, DECISION_STYLE, decisionForm, GOES_ON, keptDecision, referralPart, type Typed } from './decision-part.ts'
import { CODE_PROBLEMS, codeForm } from './file-part.ts'
import { answerForm, escape, MEETING_PROBLEMS, MEETING_STATES, meetingPart } from './meeting-part.ts'
import { dayText, timeText } from './page-times.ts'

/** `away`: the service does not answer. `too-many`: too many tries. `too-large`: more came than is read. `busy`: many files come at once. */
export type Shown = LinkAnswer | { state: 'away' | 'too-many' | 'too-large' | 'busy' }
export type LinkPage = { status: number; html: string }

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  title: t('Ссылка из письма', 'Хаттағы сілтеме', 'Link of a letter'),
  unknown: t(
    'Такой ссылки нет. Откройте ее прямо из письма: при копировании могла потеряться часть.',
    'Мұндай сілтеме жоқ. Оны хаттың өзінен ашыңыз: көшіргенде бір бөлігі қалып қойған болуы мүмкін.',
    'There is no such link. Open it from the letter itself: a part may have been lost when it was copied.',
  ),
  late: t(
    'Время этой ссылки истекло. Войдите в систему.',
    'Бұл сілтеменің уақыты өтті. Жүйеге кіріңіз.',
    'The time of this link has passed. Sign in to the system.',
  ),
  revoked: t(
    'Эта ссылка отозвана. Войдите в систему.',
    'Бұл сілтеме қайтарып алынды. Жүйеге кіріңіз.',
    'This link was taken back. Sign in to the system.',
  ),
  'on-paper': t(
    'Документы переданы на бумаге, ссылки из прежних писем закрыты. Ответьте на бумаге или позвоните в организацию, которая их передала.',
    'Құжаттар қағазбен берілді, бұрынғы хаттардағы сілтемелер жабылды. Қағазбен жауап беріңіз немесе құжаттарды берген ұйымға телефон соғыңыз.',
    'The documents were handed over on paper, and the links of earlier mails are closed. Answer on paper, or call the organisation that handed them over.',
  ),
  away: t(
    'Система сейчас не отвечает, ничего не записано. Нажмите еще раз через минуту.',
    'Жүйе қазір жауап бермейді, ештеңе жазылмады. Бір минуттан кейін қайта басыңыз.',
    'The system does not answer now, nothing was noted. Press again in a minute.',
  ),
  'too-many': t(
    'Слишком много попыток. Откройте ссылку из письма еще раз через минуту.',
    'Әрекет тым көп. Сілтемені хаттан бір минуттан кейін қайта ашыңыз.',
    'Too many tries. Open the link from the letter again in a minute.',
  ),
  'too-large': t(
    'Файл слишком большой, ничего не записано. Вернитесь назад: написанное осталось. Выберите файл до 10 МБ.',
    'Файл тым үлкен, ештеңе жазылмады. Артқа оралыңыз: жазғаныңыз сақталған. 10 МБ-қа дейінгі файлды таңдаңыз.',
    'The file is too large, nothing was noted. Go back: what you wrote is still there. Choose a file of at most 10 MB.',
  ),
  busy: t(
    'Сейчас передается много файлов, ничего не записано. Вернитесь назад: написанное осталось. Отправьте еще раз через минуту.',
    'Қазір көп файл жіберіліп жатыр, ештеңе жазылмады. Артқа оралыңыз: жазғаныңыз сақталған. Бір минуттан кейін қайта жіберіңіз.',
    'Many files are being sent now, nothing was noted. Go back: what you wrote is still there. Send it again in a minute.',
  ),
  again: t('Повторить', 'Қайталау', 'Try again'),
  open: t('Открыть систему', 'Жүйені ашу', 'Open the system'),
  language: t('Язык', 'Тіл', 'Language'),
} as const
const LANGS = { ru: 'Русский', kk: 'Қазақша', en: 'English' } as const satisfies Record<Lang, string>

/** A second tap within this time is told what the first was told. */
const SAME_TAP = MINUTE

// The colours of the pages' look (client/look.css).
const STYLE =
  ":root{color-scheme:light}*{box-sizing:border-box}body{margin:0;padding:16px;font:18px/1.5 Inter,'DejaVu Sans',system-ui,sans-serif;color:#1d2326;background:#fbfaf7}" +
  'main{max-width:520px;margin:0 auto;padding:20px;background:#fff;border:1px solid #e4e1d9;border-radius:8px}h1{margin:0 0 12px;font-size:22px;line-height:1.3}p{margin:0 0 16px}' +
  'button{font:inherit;min-height:44px;padding:8px 16px;border-radius:6px;border:1px solid #0b5a6b;cursor:pointer}.act{width:100%;margin:0 0 12px;min-height:56px;background:#0b5a6b;color:#fff;font-weight:bold}' +
  '.soft{color:#566064;font-size:16px}.grave{font-weight:bold}h2{margin:0 0 8px;font-size:19px;line-height:1.3}dl{margin:0 0 16px;overflow-wrap:anywhere}dt{color:#566064;font-size:16px}dd{margin:0 0 8px}label{display:block;margin:0 0 4px}textarea,input{font:inherit;width:100%;padding:8px;border:1px solid #5c6670;border-radius:6px}input{margin:0 0 12px;min-height:44px;letter-spacing:.2em}.answers{display:grid;gap:12px}.declined,.tentative{background:#fff;color:#0b5a6b}.langs{max-width:520px;margin:16px auto 0;display:flex;flex-wrap:wrap;gap:8px}.langs button{font-size:16px;padding:8px 12px;background:#fff;color:#0b5a6b}.langs button[aria-pressed=true]{background:#e3f0f2;color:#1d2326;border-color:#1d2326}a{color:#0b5a6b}' +
  DECISION_STYLE

/** For the head of the answer: this style alone, forms to ourselves alone. */
export const LINK_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

const STATUS = {
  open: 200,
  done: 200,
  used: 200,
  late: 410,
  revoked: 410,
  closed: 410,
  unknown: 404,
  'too-large': 413,
  away: 503,
  busy: 503,
  'too-many': 429,
} as const

/** What was asked: `lang` as chosen on the page; without it that of the recipient, else `browser`'s. A token that is none of ours stands in no page. */
export type AskedPage = {
  token?: string
  lang?: Lang | undefined
  browser: Lang
  now: Instant
  said?: LinkUse | undefined
  /** Of an answer to a referral that was not noted. */
  typed?: Typed | undefined
}

export function linkPage(shown: Shown, asked: AskedPage): LinkPage {
  const lang = asked.lang ?? ('lang' in shown ? shown.lang : asked.browser)
  const about = 'purpose' in shown ? shown : undefined
  const purpose: LinkPurposeRow | undefined = about && LINK_PURPOSES[about.purpose]
  const title = purpose && about ? fill(purpose.title[lang], { number: about.number }) : WORDS.title[lang]
  const hidden = `<input type="hidden" name="lang" value="${lang}">${tokenOf(asked)}`
  const act = (words: string) =>
    `<form method="post" action="/l/use">${hidden}${shown.state === 'away' ? keptOf(asked.said) : ''}<button class="act">${words}</button></form>`
  const isDecisionAway = (shown.state === 'away' || shown.state === 'too-many') && asked.typed !== undefined
  const button =
    asked.token &&
    ((about?.state === 'open' && purpose!.button?.[lang]) || (shown.state === 'away' && !isDecisionAway && WORDS.again[lang]))
  const meeting = about?.meeting
  const canAnswer = asked.token && meeting
  const referral = about?.state === 'open' ? about.referral : undefined
  // Who has no account is not sent to the sign-in.
  const isOurs = !about || about.purpose === 'receipt'
  return {
    status: STATUS[shown.state],
    html:
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">` +
      `<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p role="status">${saidOf(shown, lang, asked.now)}</p>` +
      `${isOfFile(about?.purpose) && about!.state === 'open' && about!.problem !== 'locked' && asked.token ? codeForm(lang, hidden) : ''}${meeting ? meetingPart(meeting, lang) : ''}${canAnswer ? answerForm(meeting, lang, hidden, about!.problem && asked.said?.comment) : ''}` +
      `${referral ? referralPart(referral, lang) : ''}${referral && asked.token ? decisionForm(referral, lang, hidden, asked.typed, about!.issues) : ''}${isDecisionAway && asked.token ? keptDecision(asked.typed!, lang, hidden, WORDS.again[lang]) : ''}` +
      `${about?.goesOn ? `<p>${GOES_ON[lang]}</p>` : ''}${button ? act(button) : ''}${purpose?.note && shown.state !== 'closed' ? `<p class="soft">${purpose.note[lang]}</p>` : ''}${isOurs ? `<p class="soft"><a href="/">${WORDS.open[lang]}</a></p>` : ''}</main>` +
      `<form class="langs" method="post" action="/l/look" aria-label="${WORDS.language[lang]}">${tokenOf(asked)}${Object.entries(LANGS)
        .map(
          ([code, name]) =>
            `<button ${referral ? 'form="decision" formaction="/l/decision" formnovalidate name="in"' : 'name="lang"'} value="${code}" lang="${code}" aria-pressed="${code === lang}">${name}</button>`,
        )
        .join('')}</form></body></html>`,
  }
}

const isOfFile = (purpose: string | undefined) => purpose === 'file' || purpose === 'referral-file'

const tokenOf = ({ token }: AskedPage) => (token ? `<input type="hidden" name="token" value="${token}">` : '')

/** What was pressed and typed while the service was away: pressed again it goes with it. */
const keptOf = ({ answer, comment, shownAt }: Partial<LinkUse> = {}) =>
  Object.entries({ answer, comment, shownAt })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(String(value))}">`)
    .join('')

/** Every state says one sentence. */
function saidOf(shown: Shown, lang: Lang, now: Instant): string {
  if (!('purpose' in shown)) return WORDS[shown.state][lang]
  const purpose: LinkPurposeRow = LINK_PURPOSES[shown.purpose]
  const { meeting, over, state, problem } = shown
  if (shown.instead === 'paper') return WORDS['on-paper'][lang]
  if (over) return MEETING_STATES[over][lang]
  if (problem && problem in CODE_PROBLEMS)
    return fill(CODE_PROBLEMS[problem as keyof typeof CODE_PROBLEMS][lang], { left: shown.left ?? 0 })
  if (problem && problem in DECISION_PROBLEMS) return DECISION_PROBLEMS[problem as keyof typeof DECISION_PROBLEMS][lang]
  if (problem && problem in MEETING_PROBLEMS) return MEETING_PROBLEMS[problem as keyof typeof MEETING_PROBLEMS][lang]
  if (state === 'late' || state === 'revoked') return (purpose[state] ?? WORDS[state])[lang]
  if (state === 'open') return purpose.ask[lang]
  if (state === 'closed' && purpose.closed) return purpose.closed[lang]
  if (meeting) return fill(purpose.done[lang], { at: momentText(meeting.answered?.at ?? now) })
  const isSameTap = state === 'done' || now - shown.usedAt! < SAME_TAP
  return fill(purpose[isSameTap ? 'done' : 'already'][lang], { at: momentText(shown.usedAt!) })
}

/** `24.11.2026 18:52` */
const momentText = (at: Instant): string => `${dayText(at)} ${timeText(at)}`
