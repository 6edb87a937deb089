/** The page behind a one-time link: plain HTML, no script, no other request. It shows a number and a button, nothing of the case. */
import { LINK_PURPOSES, type LinkAnswer } from '@tirek/contract/links'
import { fill } from '@tirek/contract/problems'
import type { Lang } from '@tirek/contract/roles'
import type { Text } from '@tirek/procedure/programme'
import { dayOf, MINUTE, minuteOfDay, type Instant } from '@tirek/procedure/time'
import { createHash } from 'node:crypto'

/** `away`: the service does not answer. `too-many`: too many tries. */
export type Shown = LinkAnswer | { state: 'away' | 'too-many' }
export type LinkPage = { status: number; html: string }

const t = (ru: string, kk: string, en: string): Text => ({ ru, kk, en })
const WORDS = {
  title: t('Ссылка из письма', 'Хаттағы сілтеме', 'Link of a letter'),
  unknown: t(
    'Такой ссылки нет. Откройте её прямо из письма: при копировании могла потеряться часть.',
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
  away: t(
    'Система сейчас не отвечает, ничего не записано. Нажмите ещё раз через минуту.',
    'Жүйе қазір жауап бермейді, ештеңе жазылмады. Бір минуттан кейін қайта басыңыз.',
    'The system does not answer now, nothing was noted. Press again in a minute.',
  ),
  'too-many': t(
    'Слишком много попыток. Откройте ссылку из письма ещё раз через минуту.',
    'Әрекет тым көп. Сілтемені хаттан бір минуттан кейін қайта ашыңыз.',
    'Too many tries. Open the link from the letter again in a minute.',
  ),
  again: t('Повторить', 'Қайталау', 'Try again'),
  open: t('Открыть систему', 'Жүйені ашу', 'Open the system'),
  language: t('Язык', 'Тіл', 'Language'),
} as const
const LANGS = { ru: 'Русский', kk: 'Қазақша', en: 'English' } as const satisfies Record<Lang, string>

/** A second tap within this time is told what the first was told. */
const SAME_TAP = MINUTE

const STYLE =
  ':root{color-scheme:light}*{box-sizing:border-box}body{margin:0;padding:16px;font:18px/1.5 sans-serif;color:#1a1a1a;background:#f4f6f8}' +
  'main{max-width:520px;margin:0 auto;padding:20px;background:#fff;border:1px solid #c9d1d9;border-radius:8px}h1{margin:0 0 12px;font-size:22px;line-height:1.3}p{margin:0 0 16px}' +
  'button{font:inherit;min-height:44px;padding:8px 16px;border-radius:6px;border:1px solid #0b57a4;cursor:pointer}.act{width:100%;min-height:56px;background:#0b57a4;color:#fff;font-weight:bold}' +
  '.soft{color:#454d55;font-size:16px}.langs{max-width:520px;margin:16px auto 0}.langs button{margin:0 8px 8px 0;background:#fff;color:#0b57a4}.langs button[aria-pressed=true]{background:#e3edf7;color:#1a1a1a;border-color:#1a1a1a}a{color:#0b57a4}'

/** For the head of the answer: this style alone, forms to ourselves alone. */
export const LINK_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

const STATUS = { open: 200, done: 200, used: 200, late: 410, revoked: 410, closed: 410, unknown: 404, away: 503, 'too-many': 429 } as const

/** `lang` as chosen on the page; without it that of the recipient, else `browser`'s. A token that is none of ours stands in no page. */
export function linkPage(shown: Shown, asked: { token?: string; lang?: Lang | undefined; browser: Lang; now: Instant }): LinkPage {
  const lang = asked.lang ?? ('lang' in shown ? shown.lang : asked.browser)
  const about = 'purpose' in shown ? shown : undefined
  const purpose = about && LINK_PURPOSES[about.purpose]
  const title = purpose ? fill(purpose.title[lang], { number: about.number }) : WORDS.title[lang]
  // All states but an open one say one sentence.
  const said = (): string => {
    if (!about || !purpose) return WORDS[shown.state as 'unknown' | 'away' | 'too-many'][lang]
    if (about.state === 'late' || about.state === 'revoked') return WORDS[about.state][lang]
    if (about.state === 'open') return purpose.ask[lang]
    if (about.state === 'closed') return purpose.closed[lang]
    const isSameTap = about.state === 'done' || asked.now - about.usedAt! < SAME_TAP
    return fill(purpose[isSameTap ? 'done' : 'already'][lang], { at: momentText(about.usedAt!) })
  }
  const hidden = asked.token ? `<input type="hidden" name="token" value="${asked.token}">` : ''
  const act = (words: string) =>
    `<form method="post" action="/l/use"><input type="hidden" name="lang" value="${lang}">${hidden}<button class="act">${words}</button></form>`
  const canAct = asked.token && ((about?.state === 'open' && purpose!.button[lang]) || (shown.state === 'away' && WORDS.again[lang]))
  return {
    status: STATUS[shown.state],
    html:
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">` +
      `<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p role="status">${said()}</p>` +
      `${canAct ? act(canAct) : ''}${purpose && about.state !== 'closed' ? `<p class="soft">${purpose.note[lang]}</p>` : ''}<p class="soft"><a href="/">${WORDS.open[lang]}</a></p></main>` +
      `<form class="langs" method="post" action="/l/look" aria-label="${WORDS.language[lang]}">${hidden}${Object.entries(LANGS)
        .map(([code, name]) => `<button name="lang" value="${code}" lang="${code}" aria-pressed="${code === lang}">${name}</button>`)
        .join('')}</form></body></html>`,
  }
}

/** `24.11.2026 18:52` in Asia/Almaty: read the same in all three languages. */
function momentText(at: Instant): string {
  const minute = minuteOfDay(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${dayOf(at).split('-').toReversed().join('.')} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
