/** What must hold of every answer, whatever was asked. */
import { fill, isProblemCode, PROBLEMS } from '@tirek/contract/problems'
import { langOf } from '@tirek/contract/roles'
import type { Answered, Sent } from './asking.ts'
import type { Marks } from './marks.ts'
import type { Operation } from './operations.ts'

export type Fault = { rule: string; said: string }

const INSIDE =
  /\bat [\w.<>]+ \(|\bat (async )?file:|node_modules|\/src\/[\w/.-]+\.ts|\.tirek|\bSELECT\b[\s\S]{1,200}\bFROM\b|\bINSERT INTO\b|duplicate key|violates|relation \\?"|syntax error at|invalid input syntax|invalid byte sequence|out of range for type|\bpg_|TypeError|RangeError|Cannot read propert|is not a function|ECONNREFUSED|ZodError/
const CYRILLIC = /[\u0400-\u04ff]/
/** Answered by the pages' server as pages, for people who came by a link. */
const isPage = ({ headers }: Answered) => (headers['content-type'] ?? '').startsWith('text/html')

/** Empty: all is well. */
export function faultsOf(operation: Operation, sent: Sent, answered: Answered, marks: Marks): Fault[] {
  const { status, text, headers, json } = answered
  const faults: Fault[] = []
  const fault = (rule: string, said: string) => void faults.push({ rule, said: said.slice(0, 600) })
  const own = `${sent.path}\n${safelyDecoded(sent.path)}\n${Object.values(sent.headers).join('\n')}\n${sent.body ?? ''}`

  // Nothing is away here, so that there is no honest 503.
  if (status >= 500) fault('no answer is a fault of ours', `${status} ${text}`)
  const leaks = marks.leaks(`${text}\n${JSON.stringify(headers)}`, sent.actor, own).filter((mark) => !isToldWhoTried(operation, mark))
  if (leaks.length > 0) fault('nobody is told what belongs to another organisation', `${leaks.join(' ')} in ${status} ${text}`)
  const inside = INSIDE.exec(status >= 400 || operation.service === 'web' ? text : '')
  if (inside && !own.includes(inside[0])) fault('nothing of the inside is told', `${inside[0]} in ${status} ${text}`)
  if (
    text.isWellFormed() &&
    text.includes('\ufffd') &&
    !own.includes('\ufffd') &&
    !/\\ud[89a-f]/i.test(own) &&
    own.isWellFormed() &&
    !sent.recipe.bytes
  )
    if (status >= 400) fault('a refusal is text that can be read', text)

  const isRead = sent.method !== 'HEAD' && text !== ''
  if (status >= 400 && isRead && !isPage(answered))
    for (const said of problemFaults(sent, answered)) fault('an error is a problem in the language asked for', said)
  if (status === 429 || status === 503)
    if (!(Number(headers['retry-after']) > 0)) fault('who is told to wait is told how long', `retry-after: ${headers['retry-after']}`)
  if (status >= 400 && !isRead && sent.method !== 'HEAD')
    fault('an error is a problem in the language asked for', `${status} without a word`)
  if (status < 300 && sent.method === operation.method && json !== undefined && !sent.path.includes('%')) {
    const said = operation.faultsOf(status, json)
    if (said) fault('an answer is what the description says', `${said} of ${text}`)
  }
  // Only who is signed in, or a page for everybody, gets anything but a refusal.
  const isOpen = operation.service === 'web' || operation.path.startsWith('/api/links')
  if (status < 400 && sent.actor.side === 'none' && !['admin', 'service'].includes(sent.actor.name) && !isOpen)
    fault('nobody enters without signing in', `${status} ${text}`)
  return faults
}

/** Who was refused a case stands by name in the list of its readers, whatever their organisation: the family's right to know comes first. */
const isToldWhoTried = ({ path }: Operation, mark: string) => path === '/api/cases/{id}/readers' && mark.startsWith('qzxp')

function problemFaults({ headers: asked }: Sent, { status, headers, json, text }: Answered): string[] {
  if (!(headers['content-type'] ?? '').startsWith('application/problem+json')) return [`${status} ${headers['content-type']} ${text}`]
  const problem = json as Record<string, unknown> | undefined
  for (const name of ['code', 'title', 'next', 'type', 'instance'])
    if (typeof problem?.[name] !== 'string' || problem[name] === '') return [`no ${name}: ${text}`]
  if (problem!['status'] !== status) return [`it says ${String(problem!['status'])} and is ${status}`]
  // Headers that could not be read ask for no language.
  const lang = langOf(status === 431 ? undefined : asked['accept-language'])
  const { code, title, next } = problem as { code: string; title: string; next: string }
  if (/\{\w+\}/.test(title + next)) return [`a place is left open: ${title} ${next}`]
  if (isProblemCode(code) && code !== 'refused') {
    const expected = fill(PROBLEMS[code].title[lang]).split('{')[0]!
    return title.startsWith(expected) ? [] : [`${lang}: ${title}`]
  }
  return CYRILLIC.test(title) === (lang !== 'en') ? [] : [`${lang}: ${title}`]
}

function safelyDecoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
