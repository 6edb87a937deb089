import { Controller, Get, Inject } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { Approvals, TeamBoard } from '@tirek/contract/team'
import type { Who } from '@tirek/platform/auth'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import { ApprovalLists } from './approvals.ts'
import { TeamBoards } from './board.ts'

@Controller('api')
export class TeamController {
  constructor(
    @Inject(TeamBoards) private readonly boards: TeamBoards,
    @Inject(ApprovalLists) private readonly approvals: ApprovalLists,
  ) {}

  /** CP-18: cases of each worker against the norm, what is overdue, four weeks ahead, and what nobody leads (CP-64). */
  @Get('team')
  @Trailed('read-team')
  @ApiOkResponse({ standardSchema: TeamBoard } as never)
  team(@WhoIs() who: Who) {
    return this.boards.of(who)
  }

  /** What waits for the decision of who asks, with the version before it. */
  @Get('approvals')
  @Trailed('read-approvals')
  @ApiOkResponse({ standardSchema: Approvals } as never)
  waiting(@WhoIs() who: Who) {
    return this.approvals.of(who)
  }
}
