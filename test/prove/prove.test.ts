import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { local } from '../world/local.ts'
import { World } from '../world/world.ts'
import { play } from './play.ts'
import { asHtml, asText } from './report.ts'
import { SCENARIOS } from './scenarios.ts'

const OUT = join(process.env['TIREK_HOME'] ?? '.tirek', 'proof')

test('eighteen months of eight cases: what was delivered to whom is what the procedure says', async () => {
  await using world = await World.open(local('2026-08-31 09:00'))
  const played = await play(world, SCENARIOS, local('2028-02-29 12:00'))
  mkdirSync(OUT, { recursive: true })
  const text = asText(played)
  writeFileSync(join(OUT, 'proof.txt'), text)
  writeFileSync(join(OUT, 'index.html'), asHtml(played))
  process.stdout.write(text)
  expect(
    played.flatMap(({ scenario, rows }) =>
      rows.filter((row) => !row.isRight).map((row) => `${scenario.name}: ${row.rule} expected ${row.expected}, got ${row.actual}`),
    ),
  ).toEqual([])

  // A letter goes once: Message-ID is made of the business key, and each was accepted one time.
  const ids = world.post.letters.map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(ids.length)
})
