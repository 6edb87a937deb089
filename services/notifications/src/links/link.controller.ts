/** What the link page of the web server asks: what a token is good for, and to do its act. */
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiOkResponse } from '@nestjs/swagger'
import { LinkAnswer, LinkFile, LinkFileAsked, LinkUse, Receipts } from '@tirek/contract/links'
import { z } from 'zod'
import { LinkFileService } from './file.service.ts'
import { LinkTries } from './link-tries.ts'
import { LinkService } from './link.service.ts'

/** Any text: a wrong one is unknown, not malformed, so that both are answered alike. */
const Asked = z.strictObject({ token: z.string().max(200) })
const itself = (answer: LinkAnswer) => answer
const OfCase = z.strictObject({ caseId: z.uuid() })

/** Open to everybody who holds a token. Not reached from outside but by the link page. Tries are counted. */
@Controller('api/links')
export class LinkController {
  constructor(
    @Inject(LinkService) private readonly links: LinkService,
    @Inject(LinkFileService) private readonly files: LinkFileService,
    @Inject(LinkTries) private readonly tries: LinkTries,
  ) {}

  @Post('look')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LinkAnswer } as never)
  look(@Body({ schema: Asked }) { token }: z.infer<typeof Asked>): Promise<LinkAnswer> {
    return this.tries.counted(token, () => this.links.look(token), itself)
  }

  @Post('use')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LinkAnswer } as never)
  use(@Body({ schema: LinkUse }) said: LinkUse): Promise<LinkAnswer> {
    return this.tries.counted(said.token, () => this.links.use(said), itself)
  }

  @Post('file')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LinkFile } as never)
  file(@Body({ schema: LinkFileAsked }) asked: LinkFileAsked): Promise<LinkFile> {
    return this.tries.counted(
      asked.token,
      () => this.files.open(asked),
      ({ answer }) => answer,
    )
  }
}

/** For the cases service, which has decided that the case may be seen. */
@Controller('internal/receipts')
export class ReceiptController {
  constructor(@Inject(LinkService) private readonly links: LinkService) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Receipts } as never)
  async of(@Body({ schema: OfCase }) { caseId }: z.infer<typeof OfCase>): Promise<Receipts> {
    return { items: await this.links.receiptsOf(caseId) }
  }
}
