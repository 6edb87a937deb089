import type { ActKind } from '@tirek/procedure/child-protection/acts'
import type { z } from 'zod'
import type { ACTS } from '../acts.ts'
import type { JournalEntryForms } from '../forms/journals.ts'

/** The form of every act as it is sent. */
export type Forms = { [K in ActKind]: z.input<(typeof ACTS)[K]['form']> }
/** The rows of journals kept by hand. */
export type JournalForms = { [J in keyof typeof JournalEntryForms]: z.input<(typeof JournalEntryForms)[J]> }
