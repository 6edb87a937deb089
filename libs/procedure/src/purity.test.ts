/** The package runs inside workflows: nothing that programmes.ts reaches may know the clock, the machine or another package. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const reached = new Map<string, string>()
function follow(url: URL) {
  if (reached.has(url.href)) return
  const text = readFileSync(url, 'utf8')
  reached.set(url.href, text)
  for (const [, from] of text.matchAll(/(?:from|import) '([^']+)'/g)) {
    expect(from, `import in ${url.pathname}`).toMatch(/^\.\.?\/.+\.ts$/)
    follow(new URL(from!, url))
  }
}

test('no dependency, no clock, no Intl, no chance', () => {
  for (const entry of [
    './programmes.ts',
    './next-step.ts',
    './tables.ts',
    './child-protection/settings.ts',
    './meetings/steps.ts',
    './meetings/proposed.ts',
    './meetings/unusual-time.ts',
  ])
    follow(new URL(entry, import.meta.url))
  expect(reached.size).toBeGreaterThan(25)
  for (const [file, text] of reached) {
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code, file).not.toMatch(
      /\bDate\.now\b|new Date\(\)|\bIntl\.|toLocale|Temporal\.|Math\.random|\bprocess\.|\bsetTimeout|performance\./,
    )
  }
})
