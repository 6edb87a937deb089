/** What a campaign has found, for people: a table of answers and the smallest request of each fault with the way to send it again. */
import type { Campaign, Failure } from './campaign.ts'

/** A line for each operation: how often by each role with each status. */
export function tableOf({ table }: Campaign): string {
  const lines = [...table]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, roles]) => {
      const told = [...roles]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(
          ([role, statuses]) =>
            `    ${role.padEnd(22)} ${[...statuses]
              .toSorted(([a], [b]) => a - b)
              .map(([status, n]) => `${status}×${n}`)
              .join('  ')}`,
        )
      return [key, ...told].join('\n')
    })
  return lines.join('\n')
}

export function byStatus({ table }: Campaign): string {
  const sums = new Map<number, number>()
  for (const roles of table.values())
    for (const statuses of roles.values()) for (const [status, n] of statuses) sums.set(status, (sums.get(status) ?? 0) + n)
  return [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([status, n]) => `${status}×${n}`)
    .join('  ')
}

/** A recipe as an argument of a command. */
export const packed = ({ recipe, via }: Pick<Failure, 'recipe' | 'via'>): string =>
  Buffer.from(JSON.stringify({ recipe, via })).toString('base64url')
export const unpacked = (text: string): Pick<Failure, 'recipe' | 'via'> =>
  JSON.parse(Buffer.from(text, 'base64url').toString()) as Pick<Failure, 'recipe' | 'via'>

export const failureText = (failure: Failure): string =>
  [
    `✗ ${failure.rule} (${failure.times}×)`,
    `  ${failure.said}`,
    `  ${failure.sent}`,
    `  headers ${JSON.stringify(failure.recipe.headers)}`,
    `  npm run fuzz -- --replay=${packed(failure)}`,
  ].join('\n')
