/** The whole campaign: `npm run fuzz` starts it (infra/dev/fuzz.mjs), with its settings in the environment. */
import { expect, test } from 'vitest'
import { Campaign } from './campaign.ts'
import { byStatus, failureText, tableOf, unpacked } from './report.ts'
import { Stories } from './stories.ts'

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 100_000)
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
const replay = process.env['FUZZ_REPLAY']
/** Requests beside each other: enough for a part that waits, few enough for two cores. */
const LANES = 8
const say = (line: string) => process.stdout.write(`${line}\n`)

test('fuzz', { timeout: 0 }, async () => {
  const campaign = await Campaign.open()
  try {
    await campaign.seed()
    if (replay) {
      const { recipe, via } = unpacked(replay)
      const { sent, answered } = await campaign.ask(campaign.operation(recipe.operation), recipe, via)
      say(`${sent.method} ${sent.path}\n${JSON.stringify(sent.headers)}\n${sent.body ?? ''}\n\n${answered.status} ${answered.text}`)
    } else await everything(campaign)
    for (const failure of campaign.failures.values()) say(failureText(failure))
    expect(campaign.failures.size, 'kinds of faults').toBe(0)
  } finally {
    await campaign.close()
  }
})

async function everything(campaign: Campaign): Promise<void> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1_000
  const rate = () =>
    `${campaign.sent} requests, ${(campaign.sent / seconds()).toFixed(0)} a second, ${campaign.failures.size} kinds of faults, ${campaign.waited} told to wait`
  say(`seed ${seed}: ${campaign.operations.length} operations, ${campaign.pairs().length} pairs of operation and who asks`)
  // A tenth are sequences on one case.
  const stories = new Stories(campaign)
  campaign.onFault = (failure) => say(failureText(failure))
  let told = 0
  const tellSome = async (isOver: () => boolean) => {
    do await stories.play(1, seed + told++)
    while (!isOver())
  }
  const progress = setInterval(() => say(`  ${seconds().toFixed(0)} s: ${rate()}, ${told} stories`), 30_000)
  try {
    await campaign.runAll(requests, seed, LANES, tellSome)
  } finally {
    clearInterval(progress)
  }
  await campaign.mustLeaveNothing(Math.min(400, requests / 50), seed)
  await campaign.mustBeWell()
  say(`${tableOf(campaign)}\n`)
  say(`${rate()}, ${told} stories, in ${seconds().toFixed(0)} s: ${byStatus(campaign)}`)
  expect(campaign.uncovered()).toEqual([])
}
