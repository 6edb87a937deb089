import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common'
import { ApiBody, ApiHeader, ApiProduces } from '@nestjs/swagger'
import { DayField } from '@tirek/contract/forms/fields'
import { EntryWithdrawn, JournalEntryForms } from '@tirek/contract/forms/journals'
import { JOURNAL_NAMES, JOURNALS } from '@tirek/contract/journals'
import type { Lang } from '@tirek/contract/roles'
import type { Who } from '@tirek/platform/auth'
import { asAttachment } from '@tirek/platform/csv'
import { AskedLang, WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { JOURNAL_EXAMPLES } from './examples.ts'
import { JournalExports, TABLE_ENDINGS } from './journal-exports.ts'
import { Journals } from './journals.ts'
import { keyOf } from './keys.ts'

const OfJournal = z.object({ name: z.enum(JOURNAL_NAMES) })
const OfEntry = OfJournal.extend({ entry: z.uuid() })
const OfTable = OfJournal.extend({ ending: z.enum(TABLE_ENDINGS) })
/** Which of them is told by the journal's name. */
const JournalRow = z.union([JournalEntryForms.visitors, JournalEntryForms.prevention, JournalEntryForms.groups, JournalEntryForms.changes])
/** Lines of local days, both included, that say a text, of one kind. */
const Filtered = z.object({
  from: DayField.optional(),
  to: DayField.optional(),
  text: z.string().trim().max(200).optional(),
  kind: z.string().max(40).optional(),
})
const Asked = Filtered.extend({
  /** Personal files and protocols stand the newest first in either. */
  order: z.enum(['oldest', 'newest']).default('oldest'),
  cursor: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

@Controller('api/journals')
export class JournalController {
  constructor(
    @Inject(Journals) private readonly journals: Journals,
    @Inject(JournalExports) private readonly exports: JournalExports,
  ) {}

  /** Lines of a journal, page by page. */
  @Get(':name')
  @Trailed('read-journal')
  read(
    @Param({ schema: OfJournal }) { name }: z.infer<typeof OfJournal>,
    @Query({ schema: Asked }) asked: z.infer<typeof Asked>,
    @WhoIs() who: Who,
  ) {
    return this.journals.page(name, who, asked)
  }

  /** The same lines, whole, as a table: CSV in which no cell is a formula, or a workbook. */
  @Get(':name/table/:ending')
  @Trailed('exported-journal')
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  async table(
    @Param({ schema: OfTable }) { name, ending }: z.infer<typeof OfTable>,
    @Query({ schema: Filtered }) asked: z.infer<typeof Filtered>,
    @WhoIs() who: Who,
    @AskedLang() lang: Lang,
  ): Promise<StreamableFile> {
    const table = await this.exports.table(name, ending, { ...asked, order: 'oldest' }, who, lang)
    return new StreamableFile(Readable.from(Buffer.isBuffer(table) ? [table] : table, { objectMode: false }), {
      type: ending === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      disposition: asAttachment(JOURNALS[name].title.en, ending),
    })
  }

  /** One entry by hand. */
  @Get(':name/entries/:entry')
  @Trailed('read-journal')
  entry(@Param({ schema: OfEntry }) { name, entry }: z.infer<typeof OfEntry>, @WhoIs() who: Who) {
    return this.journals.entry(name, entry, who)
  }

  /** An entry by hand that was made in error is struck out and stays readable. */
  @Post(':name/entries/:entry/withdraw')
  @Trailed('journal-withdrawn')
  @HttpCode(200)
  withdraw(
    @Param({ schema: OfEntry }) { name, entry }: z.infer<typeof OfEntry>,
    @Body({ schema: EntryWithdrawn }) { reason }: z.infer<typeof EntryWithdrawn>,
    @WhoIs() who: Who,
  ) {
    return this.journals.withdraw(name, entry, reason, who)
  }

  /** A visitor with one-off help (CP-80), preventive work (CP-70...CP-72), a club or group (CP-73), a change of the edition (CP-90). */
  @Post(':name')
  @Trailed('journal')
  @ApiBody({ standardSchema: JournalRow, examples: JOURNAL_EXAMPLES } as never)
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  write(
    @Param({ schema: OfJournal }) { name }: z.infer<typeof OfJournal>,
    @Body() body: unknown,
    @WhoIs() who: Who,
    @Headers('idempotency-key') key: string | undefined,
  ) {
    return this.journals.write(name, body, who, { key: keyOf(key) })
  }
}
