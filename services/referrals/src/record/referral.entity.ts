import type { ReferralDemand, ReferralDocumentAdded } from '@tirek/contract/forms/referral'
import type { ReferralAddressee } from '@tirek/contract/referrals'
import type { Lang } from '@tirek/contract/roles'
import type { ReferralBody, ReferralQuestion, ReferralState } from '@tirek/procedure/referrals/facts'
import { INSTANT, OPTIONAL_INSTANT } from '@tirek/proceedings/columns'
import { Column, Entity, PrimaryColumn } from 'typeorm'

/** Whom it is addressed to, as the directory knew it then. `lang`: of letters to it. */
export type Addressee = ReferralAddressee & { lang: Lang }
export type Demand = ReferralDemand & { from: 'protocol' | 'added' }

/** A referral of a case: to whom, what is asked and why, and how it stands. */
@Entity({ schema: 'referrals', name: 'referral' })
export class ReferralEntity {
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
  body!: ReferralBody
  @Column('text')
  question!: ReferralQuestion
  @Column('text')
  state!: ReferralState
  @Column('int')
  version!: number
  @Column('int', { name: 'facts_version' })
  factsVersion!: number
  @Column('text')
  calendar!: string
  @Column('uuid', { nullable: true })
  meeting!: string | null
  @Column('boolean', { name: 'special_needs' })
  specialNeeds!: boolean
  @Column('uuid', { nullable: true })
  previous!: string | null
  @Column('text', { name: 'out_of_order', nullable: true })
  outOfOrder!: string | null
  /** Number under which it leaves the house. */
  @Column('text', { nullable: true })
  outgoing!: string | null
  @Column('uuid', { nullable: true })
  agency!: string | null
  @Column('uuid', { nullable: true })
  contact!: string | null
  @Column('jsonb', { nullable: true })
  addressee!: Addressee | null
  /** CP-56: the directory held none when it was addressed. */
  @Column('boolean', { name: 'is_nobody_set' })
  isNobodySet!: boolean
  @Column('text')
  letter!: string
  @Column('jsonb')
  enclosures!: ('assessment' | 'plan' | 'protocol')[]
  @Column('jsonb')
  documents!: ReferralDocumentAdded[]
  @Column('jsonb')
  demands!: Demand[]
  /** When what the packet is made of was written last. */
  @Column({ ...INSTANT, name: 'edited_at' })
  editedAt!: number
  @Column({ ...INSTANT, name: 'prepared_at' })
  preparedAt!: number
  @Column('uuid', { name: 'prepared_by' })
  preparedBy!: string
  /** When the state began. */
  @Column(INSTANT)
  since!: number
  @Column('text', { name: 'due_day', nullable: true })
  dueDay!: string | null
  @Column({ ...OPTIONAL_INSTANT, name: 'received_at' })
  receivedAt!: number | null
  @Column('text')
  placement!: 'none' | 'waiting' | 'recorded'
  /** Why nothing follows it, or why it was withdrawn. */
  @Column('text', { nullable: true })
  reason!: string | null
  @Column('boolean', { name: 'nothing_follows' })
  nothingFollows!: boolean
  @Column('uuid', { nullable: true })
  manager!: string | null
  @Column('uuid', { name: 'first_person' })
  firstPerson!: string
  @Column({ ...OPTIONAL_INSTANT, name: 'next_step_at' })
  nextStepAt!: number | null
}
