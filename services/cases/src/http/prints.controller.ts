import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { Prints, PrintsAsked } from '@tirek/contract/prints'
import { CasePrints } from './prints.ts'

/** For the referrals service: what its packets are printed from. */
@Controller('internal/cases/prints')
export class PrintsController {
  constructor(@Inject(CasePrints) private readonly prints: CasePrints) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Prints } as never)
  of(@Body({ schema: PrintsAsked }) asked: PrintsAsked): Promise<Prints> {
    return this.prints.of(asked)
  }
}
