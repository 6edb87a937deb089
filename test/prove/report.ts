/** The proof as a table for the terminal and as a page with one picture per case. */
import type { Played } from './play.ts'
import { shown } from '../world/local.ts'

/** Plain text: the same bytes for the same outcome. */
export function asText(played: readonly Played[]): string {
  const lines: string[] = []
  for (const { scenario, rows } of played) {
    lines.push('', scenario.name, scenario.story)
    lines.push([pad('', 3), pad('rule', 7), pad('source', 44), pad('expected', 34), pad('actual', 34), 'delivered to'].join(' '))
    for (const row of rows)
      lines.push(
        [row.isRight ? ' = ' : '!! ', pad(row.rule, 7), pad(row.source, 44), pad(row.expected, 34), pad(row.actual, 34), row.deliveredTo]
          .join(' ')
          .trimEnd(),
      )
  }
  const wrong = played.flatMap(({ rows }) => rows).filter((row) => !row.isRight).length
  const all = played.reduce((sum, { rows }) => sum + rows.length, 0)
  lines.push('', `${all - wrong} of ${all} as expected${wrong > 0 ? `, ${wrong} different` : ''}`)
  return `${lines.join('\n').trimStart()}\n`
}

const pad = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width))
const escape = (text: string) => text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!)

const TONES: Record<string, string> = {
  act: '#0b5a6b',
  fault: '#1d2326',
  letter: '#8a5a00',
  kept: '#2c6e49',
  'kept-late': '#8a5a00',
  missed: '#a4262c',
  lapsed: '#9aa3a6',
  open: '#0b5a6b',
}

/** One line of time: acts above, letters on it, deadlines below. */
function picture({ line }: Played): string {
  const [from, to] = [line[0]!.at, line.at(-1)!.at]
  const width = 1040
  const x = (at: number) => 20 + ((at - from) / Math.max(1, to - from)) * width
  const marks = line.map(({ at, what, label, tone }) => {
    const title = `<title>${escape(`${shown(at)} ${label}`)}</title>`
    const color = TONES[tone] ?? '#5b6569'
    if (what === 'act') return `<path d="M${x(at).toFixed(1)} 30v-14" stroke="${color}" stroke-width="3">${title}</path>`
    if (what === 'letter') return `<circle cx="${x(at).toFixed(1)}" cy="40" r="5" fill="${color}">${title}</circle>`
    return `<rect x="${(x(at) - 4).toFixed(1)}" y="54" width="8" height="12" rx="2" fill="${color}">${title}</rect>`
  })
  const months: string[] = []
  for (let day = new Date(from); day.getTime() < to; day = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)))
    if (day.getTime() > from)
      months.push(`<text x="${x(day.getTime()).toFixed(1)}" y="86" font-size="10" fill="#5b6569">${day.toISOString().slice(0, 7)}</text>`)
  return `<svg viewBox="0 0 1080 92" role="img" aria-label="Acts, letters and deadlines on one line of time"><line x1="20" y1="40" x2="1060" y2="40" stroke="#cfcabd"/>${marks.join('')}${months.join('')}</svg>`
}

export function asHtml(played: readonly Played[]): string {
  const wrong = played.flatMap(({ rows }) => rows).filter((row) => !row.isRight).length
  const sections = played.map((one) => {
    const rows = one.rows
      .map(
        (row) =>
          `<tr class="${row.isRight ? '' : 'wrong'}"><td>${row.rule}</td><td>${escape(row.source)}</td><td>${escape(row.expected)}</td><td>${escape(row.actual)}</td><td>${escape(row.deliveredTo)}</td></tr>`,
      )
      .join('\n')
    return `<section><h2>${escape(one.scenario.name)}</h2><p>${escape(one.scenario.story)}</p>${picture(one)}<details${one.rows.some((row) => !row.isRight) ? ' open' : ''}><summary>${one.rows.length} rows</summary><table><thead><tr><th>Rule</th><th>Source</th><th>Expected</th><th>Actual</th><th>Delivered to</th></tr></thead><tbody>${rows}</tbody></table></details></section>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Proof</title>
<style>body{font:15px/1.5 Inter,"DejaVu Sans",system-ui,sans-serif;color:#1d2326;background:#fbfaf7;max-width:1120px;margin:0 auto;padding:24px}section{background:#fff;border:1px solid #e4e1d9;border-radius:10px;padding:16px 20px;margin:16px 0}h2{font-size:18px;margin:0}p{color:#5b6569;margin:4px 0 12px}table{border-collapse:collapse;width:100%;font-size:13px;margin-top:8px}td,th{text-align:left;padding:3px 8px;border-top:1px solid #eee}.wrong td{background:#fbe9e7;color:#a4262c}.key span{display:inline-block;margin-right:16px}</style>
<h1>Proof: ${wrong === 0 ? 'everything as expected' : `${wrong} rows differ`}</h1><p class="key"><span>▎act</span><span>● letter delivered</span><span>■ deadline: green kept, amber kept late, red missed, grey lapsed</span></p>${sections.join('\n')}</html>\n`
}
