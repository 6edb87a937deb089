/** The individual identification number (ИИН): it warns and never blocks, since newborns and foreigners may have none. */
export type IinWarning = 'iin-form' | 'iin-check-digit' | 'iin-birth-date' | 'iin-sex'

const WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const WEIGHTS_AGAIN = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** What does not fit in an IIN; empty when all is well. `birthDate` is `YYYY-MM-DD`. */
export function iinWarnings(iin: string, child: { birthDate?: string; sex?: string } = {}): IinWarning[] {
  if (!/^\d{12}$/.test(iin)) return ['iin-form']
  const digits = [...iin].map(Number)
  const warnings: IinWarning[] = []
  if (checkDigit(digits) !== digits[11]) warnings.push('iin-check-digit')
  const century = digits[6]!
  const born =
    century >= 1 && century <= 6 ? `${17 + Math.ceil(century / 2)}${iin.slice(0, 2)}-${iin.slice(2, 4)}-${iin.slice(4, 6)}` : undefined
  if (!born || !isDay(born)) warnings.push('iin-form')
  else if (child.birthDate && child.birthDate !== born) warnings.push('iin-birth-date')
  if (born && (child.sex === 'male' || child.sex === 'female') && (century % 2 === 1) !== (child.sex === 'male')) warnings.push('iin-sex')
  return warnings
}

/** Digit 12 of the first eleven; `undefined`: no valid number begins so. */
export function checkDigit(digits: readonly number[]): number | undefined {
  for (const weights of [WEIGHTS, WEIGHTS_AGAIN]) {
    const rest = weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11
    if (rest < 10) return rest
  }
  return undefined
}

const isDay = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day
}
