import type { ANSWER_WAYS } from '@tirek/contract/forms/meeting-codes'
import type { Answer } from '@tirek/procedure/meetings/facts'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { INSTANT } from '@tirek/proceedings/columns'

/** One answer to an invitation, by whatever way it came. Never changed: which one counts is computed. */
@Entity({ schema: 'meetings', name: 'answer' })
export class AnswerEntity {
  @PrimaryColumn('text')
  key!: string
  @Column('uuid')
  meeting!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('uuid')
  invitee!: string
  @Column('text')
  by!: keyof typeof ANSWER_WAYS
  @Column('text')
  answer!: Answer
  @Column('text', { nullable: true })
  comment!: string | null
  @Column('int', { nullable: true })
  sequence!: number | null
  @Column(INSTANT)
  at!: number
  @Column({ ...INSTANT, name: 'recorded_at' })
  recordedAt!: number
  @Column('uuid', { name: 'recorded_by', nullable: true })
  recordedBy!: string | null
}
