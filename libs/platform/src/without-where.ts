/** For tests of the second wall: a statement of ours as if somebody had forgotten what it says of persons and organisations. */

/** Columns that say whose a row is, or of which case. */
const OWNERS = 'organisation|of_organisation|manager|first_person|person|by|who|given_by'
/** An id that was asked for, not one that joins two tables. */
const ASKED = String.raw`(?:id|case_id|chain)\s*=\s*(?=\$|ANY\(\$)|id\s+IN\s*(?=\(SELECT g\.case_id)`
const CONDITION = new RegExp(String.raw`\b(?:\w+\.)?(?:(?:${OWNERS})\s+IS\s+NULL|(?:${OWNERS})\s*=\s*|${ASKED})`, 'g')

/**
 * The statement with every condition on whose a row is made true; its parameters stay where they are. `also`: expressions that are flags of
 * the person, made true too. Throws when nothing was found: then nothing was tried.
 */
export function withoutWhere(text: string, also: readonly string[] = []): string {
  let found = 0
  const always = (condition: string) => (found++, `(${condition} OR true)`)
  let rest = text
  let made = ''
  for (;;) {
    CONDITION.lastIndex = 0
    const match = CONDITION.exec(rest)
    if (!match) break
    const from = match.index + match[0].length
    const to = /NULL$/i.test(match[0]) ? from : endOfValue(rest, from)
    made += rest.slice(0, match.index) + always(rest.slice(match.index, to))
    rest = rest.slice(to)
  }
  made += rest
  for (const flag of also) made = made.replaceAll(flag, always)
  if (found === 0) throw new Error(`no condition on whose a row is: ${text}`)
  return made
}

/** The end of `$1`, `m.id`, `ANY(…)` or `(…)` that begins at `from`, with its casts. */
function endOfValue(text: string, from: number): number {
  let at = from
  while (/[\w.$:[\]]/.test(text[at] ?? '')) at++
  if (text[at] !== '(') return at
  for (let depth = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) break
  }
  at++
  while (/[\w:[\]]/.test(text[at] ?? '')) at++
  return at
}
