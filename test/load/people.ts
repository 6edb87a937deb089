/** Invented children and what is reported of them, the same in every run. */

/** Names as different as those of a town: a register of one name repeated would measure the likeness search alone. */
const SYLLABLES = 'ай гүл нұр дос ера лин мар сау тем ил жан бек ан ста кай рат оль гер шын зия'.split(' ')

const word = (seed: number) =>
  [0, 1, 2].map((k) => SYLLABLES[((seed * 2_654_435_761 + k * 40_503 * (seed + 7)) % 9_973) % SYLLABLES.length]).join('')

export const nameOf = (n: number): string => `${word(n)} ${word(n * 31 + 11)}ова`

export const addressOf = (n: number): string => `${word(n * 7 + 3)} көшесі, ${n % 200}`

/** Days of five years: children of one birth day are compared with each other when one is saved. */
export const birthDayOf = (n: number): string =>
  new Date(Date.UTC(2021, 5, 1) + ((n * 7_919) % 1_800) * 86_400_000).toISOString().slice(0, 10)

/** A help request, first heard of a second ago. */
export const requestOf = (n: number, level: 'medium' | 'high' = 'medium', reportedAt = Date.now() - 1_000) => ({
  child: { name: nameOf(n), address: addressOf(n), birthDate: birthDayOf(n), sex: 'female' as const },
  asker: { notNamed: true },
  ground: 'Обращение для замера скорости',
  channel: 'phone' as const,
  source: 'public' as const,
  reportedAt: new Date(reportedAt).toISOString(),
  criteria: level === 'high' ? ['H5'] : ['M1', 'M6'],
  level,
  anotherChild: true,
})
