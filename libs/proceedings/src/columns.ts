import type { ColumnOptions } from 'typeorm'

/** ms UTC, far below 2^53; TypeORM hands bigint over as text. */
const asNumber = { to: (value: unknown) => value, from: (value: unknown) => (value === null ? null : Number(value)) }
export const INSTANT = { type: 'bigint', transformer: asNumber } as const satisfies ColumnOptions
export const OPTIONAL_INSTANT = { type: 'bigint', nullable: true, transformer: asNumber } as const satisfies ColumnOptions
