import type { Lang } from '@tirek/contract/roles'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { INSTANT, OPTIONAL_INSTANT } from '@tirek/proceedings/columns'

/** Somebody who is asked to come, with the address as it was when they were invited. */
@Entity({ schema: 'meetings', name: 'invitee' })
export class InviteeEntity {
  @PrimaryColumn('uuid')
  id!: string
  @Column('uuid')
  meeting!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('text')
  who!: 'agency' | 'person' | 'family'
  @Column('uuid', { nullable: true })
  of!: string | null
  @Column('uuid', { nullable: true })
  contact!: string | null
  @Column('text')
  name!: string
  @Column('text', { name: 'organisation_name', nullable: true })
  organisationName!: string | null
  @Column('text')
  role!: string
  @Column('text', { nullable: true })
  email!: string | null
  @Column('text', { nullable: true })
  phone!: string | null
  @Column('text')
  lang!: Lang
  @Column('boolean', { name: 'may_receive_files' })
  mayReceiveFiles!: boolean
  @Column('boolean')
  needed!: boolean
  @Column({ ...INSTANT, name: 'added_at' })
  addedAt!: number
  @Column('int')
  position!: number
  /** Asked no more: kept for what they answered and were sent. */
  @Column({ ...OPTIONAL_INSTANT, name: 'uninvited_at' })
  uninvitedAt!: number | null
  /** By how much the sequence in their calendar is higher than the meeting's: one for each time that they were taken back, and one for each time invited again. */
  @Column('int', { name: 'calendar_ahead' })
  calendarAhead!: number
}
