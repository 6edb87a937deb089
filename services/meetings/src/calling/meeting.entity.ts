import type { MeetingState } from '@tirek/procedure/meetings/facts'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { INSTANT, OPTIONAL_INSTANT } from '@tirek/proceedings/columns'

/** A meeting of a case: when, where, by whose agreement it was called, and how it stands. */
@Entity({ schema: 'meetings', name: 'meeting' })
export class MeetingEntity {
  @PrimaryColumn('uuid')
  id!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('text', { name: 'case_number' })
  caseNumber!: string
  @Column('text')
  programme!: string
  @Column('uuid')
  organisation!: string
  @Column('text')
  kind!: 'interagency' | 'review' | 'team'
  @Column('text')
  state!: MeetingState
  @Column('int')
  version!: number
  @Column('int', { name: 'facts_version' })
  factsVersion!: number
  @Column('text')
  calendar!: string
  @Column('text')
  uid!: string
  @Column('text')
  agent!: string
  @Column('int')
  sequence!: number
  /** When everybody was asked last; of a draft when it was made. */
  @Column(INSTANT)
  since!: number
  @Column({ ...INSTANT, name: 'starts_at' })
  startsAt!: number
  @Column({ ...INSTANT, name: 'ends_at' })
  endsAt!: number
  @Column('text', { nullable: true })
  place!: string | null
  @Column('text', { nullable: true })
  video!: string | null
  @Column('text', { nullable: true })
  phone!: string | null
  @Column('jsonb')
  agenda!: string[]
  @Column('uuid', { name: 'agreed_by', nullable: true })
  agreedBy!: string | null
  @Column('text', { name: 'agreed_day', nullable: true })
  agreedDay!: string | null
  /** CP-51: of a review the superior manager or supervisor. */
  @Column('uuid', { nullable: true })
  coordinator!: string | null
  @Column('uuid', { name: 'called_by' })
  calledBy!: string
  @Column({ ...OPTIONAL_INSTANT, name: 'called_at' })
  calledAt!: number | null
  @Column({ ...OPTIONAL_INSTANT, name: 'held_at' })
  heldAt!: number | null
  @Column('text', { nullable: true })
  reason!: string | null
  @Column('uuid', { nullable: true })
  previous!: string | null
  @Column('uuid', { nullable: true })
  manager!: string | null
  @Column('uuid', { name: 'first_person' })
  firstPerson!: string
  @Column({ ...OPTIONAL_INSTANT, name: 'next_step_at' })
  nextStepAt!: number | null
  @Column({ ...INSTANT, name: 'made_at' })
  madeAt!: number
}

/** May the meeting be recorded as held: not before it begins. */
export const hasBegun = ({ startsAt }: Pick<MeetingEntity, 'startsAt'>, now: number): boolean => now >= startsAt
