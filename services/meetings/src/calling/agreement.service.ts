/** Who agrees to a meeting, and who coordinates a review (CP-30, CP-51). */
import { Inject, Injectable } from '@nestjs/common'
import type { MeetingCalled } from '@tirek/contract/forms/meeting'
import type { CaseDecision } from '@tirek/contract/proceedings'
import { ProblemError } from '@tirek/platform/problem'
import { dayOf } from '@tirek/procedure/time'
import type { Asked } from '@tirek/proceedings/changes'
import { DirectoryViews } from '@tirek/proceedings/directory'
import { Host } from '@tirek/proceedings/host'
import type { z } from 'zod'
import { badField } from './state.ts'

@Injectable()
export class AgreementService {
  constructor(
    @Inject(DirectoryViews) private readonly directory: DirectoryViews,
    @Inject(Host) private readonly host: Host,
  ) {}

  /** CP-51: the superior manager or a supervisor of the organisation that leads the case. */
  async mustBeSuperior(person: string, { organisation }: CaseDecision, read: { schema: z.ZodType; at?: string[] }): Promise<void> {
    if (await this.directory.maySupervise(person, organisation)) return
    const path = [...(read.at ?? []), 'coordinator']
    throw new ProblemError('bad-input', { issues: [{ code: 'custom', message: 'not-superior', path }], read })
  }

  /** CP-30: the supervisor's, with its day; a supervisor agrees by calling. */
  async of(form: MeetingCalled, { who }: Asked, decision: CaseDecision): Promise<MeetingCalled['agreement']> {
    if (form.agreement) {
      if (!(await this.directory.maySupervise(form.agreement.supervisor, decision.organisation)))
        throw badField(['agreement', 'supervisor'], 'not-in-directory')
      return form.agreement
    }
    if (who.role !== 'supervisor' && who.role !== 'head') throw new ProblemError('agreement-needed')
    return { supervisor: who.person, day: dayOf(this.host.now()) }
  }
}
