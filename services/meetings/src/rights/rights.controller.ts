import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import type { HeldMeeting } from '@tirek/contract/meetings'
import { z } from 'zod'
import type { Store } from '@tirek/proceedings/store'
import { WORK } from '@tirek/proceedings/tokens'
import { heldOf } from './held.ts'

const OfCase = z.strictObject({ caseId: z.uuid() })

@Controller('internal')
export class RightsController {
  constructor(@Inject(WORK) private readonly work: Store) {}

  /** RT-10: what meetings hold on a child and the family. */
  @Post('cases/held')
  @HttpCode(200)
  async held(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>): Promise<{ items: HeldMeeting[] }> {
    return { items: await heldOf(this.work, caseId) }
  }
}
