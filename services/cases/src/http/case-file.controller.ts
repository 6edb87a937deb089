import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res, StreamableFile } from '@nestjs/common'
import { ApiBody, ApiOkResponse } from '@nestjs/swagger'
import { CaseFile, CaseFileUpload } from '@tirek/contract/case-files'
import type { Who } from '@tirek/platform/auth'
import { downloadHeaders } from '@tirek/platform/files/uploads'
import type { UploadType } from '@tirek/platform/files/upload-check'
import { WhoIs } from '@tirek/platform/http'
import { Trailed } from '@tirek/platform/trail-keeper'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { CaseFiles } from '../record/case-files.ts'

const OfCase = z.object({ id: z.uuid() })
const OfFile = z.object({ id: z.uuid(), file: z.uuid() })

@Controller('api/cases/:id/files')
export class CaseFileController {
  constructor(@Inject(CaseFiles) private readonly files: CaseFiles) {}

  /** A file that goes with an act: handed in before the act that names it. */
  @Post()
  @HttpCode(200)
  @Trailed('case-file-kept')
  @ApiBody({ standardSchema: CaseFileUpload } as never)
  @ApiOkResponse({ standardSchema: CaseFile } as never)
  take(
    @Param({ schema: OfCase }) { id }: z.infer<typeof OfCase>,
    @Body({ schema: CaseFileUpload }) upload: CaseFileUpload,
    @WhoIs() who: Who,
  ) {
    return this.files.take(id, upload, who)
  }

  /** The same bytes each time. */
  @Get(':file')
  @Trailed('case-file-read')
  async read(
    @Param({ schema: OfFile }) { id, file }: z.infer<typeof OfFile>,
    @WhoIs() who: Who,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.files.read(id, file, who)
    void reply.headers(downloadHeaders({ name: found.file.name, type: found.file.type as UploadType }))
    return new StreamableFile(found.bytes)
  }
}
