import { Body, Controller, Get, Headers, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiBody, ApiHeader } from '@nestjs/swagger'
import { JournalEntryForms } from '@tirek/contract/forms/journals'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { z } from 'zod'
import { JOURNAL_EXAMPLES } from './examples.ts'
import { Journals, JOURNALS } from './journals.ts'
import { keyOf } from './keys.ts'

const OfJournal = z.object({ name: z.enum(JOURNALS) })
/** Which of them is told by the journal's name. */
const JournalRow = z.union([JournalEntryForms.visitors, JournalEntryForms.prevention, JournalEntryForms.groups])
const Asked = z.object({
  after: z.coerce.number().int().min(0).max(2_000_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

@Controller('api/journals')
export class JournalController {
  constructor(@Inject(Journals) private readonly journals: Journals) {}

  /** Rows of a journal by their running number. */
  @Get(':name')
  @Trailed('read-journal')
  read(
    @Param({ schema: OfJournal }) { name }: z.infer<typeof OfJournal>,
    @Query({ schema: Asked }) asked: z.infer<typeof Asked>,
    @WhoIs() who: Who,
  ) {
    return this.journals.page(name, who, asked)
  }

  /** A visitor with one-off help (CP-80), preventive work (CP-70...CP-72), a club or group (CP-73). */
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
