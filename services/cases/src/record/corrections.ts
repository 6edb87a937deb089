/** RT-20: wrong data of the child are put right; what stood there before goes into the act, which tells it to those who may read the act. */
import type { Warning } from '@tirek/contract/answers'
import { correctedFields, type ChildCorrected } from '@tirek/contract/forms/rights'
import { iinWarnings } from '@tirek/contract/iin'
import { fold } from '@tirek/contract/names'
import { phoneOf } from '@tirek/contract/phone'
import type { Sql } from '@tirek/platform/database'
import { isOlder } from './opening.ts'

type Age = { n: number; unit: 'months' | 'years' }
export type ChildData = {
  name: string | null
  iin: string | null
  phone: string | null
  address: string | null
  birth_date: string | null
  age: Age | null
  sex: 'male' | 'female' | 'unknown'
}

export const childOfCase = async (sql: Sql, caseId: string): Promise<ChildData> => {
  const [child] = await sql(
    'SELECT ch.name, ch.iin, ch.phone, ch.address, ch.birth_date, ch.age, ch.sex FROM cases.child ch JOIN cases."case" c ON c.child = ch.id WHERE c.id = $1',
    [caseId],
  )
  return child as unknown as ChildData
}

const COLUMN = {
  name: 'name',
  birthDate: 'birth_date',
  age: 'age',
  sex: 'sex',
  iin: 'iin',
  phone: 'phone',
  address: 'address',
} as const satisfies Record<keyof NonNullable<ChildCorrected['was']>, keyof ChildData>

/** The child after the correction, the form with what was before, and what to look at again. */
export function correct(child: ChildData, typed: ChildCorrected): { child: ChildData; form: ChildCorrected; warnings: Warning[] } {
  const { was: _, ...form } = typed
  const phone = form.phone ? phoneOf(form.phone) : undefined
  const right = { ...form, ...(phone ? { phone: phone.e164 ?? phone.typed } : {}) }
  const after: ChildData = { ...child }
  const was: Record<string, unknown> = {}
  for (const name of correctedFields(form)) {
    const before = child[COLUMN[name]]
    if (before !== null) was[name] = before
    Object.assign(after, { [COLUMN[name]]: right[name] ?? null })
  }
  const warnings: Warning[] = [
    ...(after.iin && (form.iin || form.birthDate || form.sex)
      ? iinWarnings(after.iin, { ...(after.birth_date ? { birthDate: after.birth_date } : {}), sex: after.sex })
      : []),
    ...(phone && !phone.e164 ? (['phone-unreadable'] as const) : []),
  ]
  return { child: after, form: { ...form, ...(Object.keys(was).length > 0 ? { was } : {}) } as ChildCorrected, warnings }
}

/** The register finds the child by the right data from now on; a sixth birthday told too early is told again in its time. */
export async function writeChild(sql: Sql, caseId: string, child: ChildData, today: string): Promise<void> {
  await sql(
    `UPDATE cases.child SET name = $2, name_folded = $3, iin = $4, phone = $5, address = $6, address_folded = $7, birth_date = $8, age = $9, sex = $10
      WHERE id = (SELECT child FROM cases."case" WHERE id = $1)`,
    [
      caseId,
      child.name,
      child.name === null ? null : fold(child.name),
      child.iin,
      child.phone,
      child.address,
      child.address === null ? null : fold(child.address),
      child.birth_date,
      child.age === null ? null : JSON.stringify(child.age),
      child.sex,
    ],
  )
  if (!isOlder(child.birth_date, child.age, today))
    await sql('UPDATE cases."case" SET told_six_at = NULL WHERE id = $1 AND told_six_at IS NOT NULL', [caseId])
}
