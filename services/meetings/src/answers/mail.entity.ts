import type { MailKind, MailState } from '@tirek/contract/mails'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { INSTANT } from '@tirek/proceedings/columns'

/** A mail that was asked to be sent, and what became of it. */
@Entity({ schema: 'meetings', name: 'mail' })
export class MailEntity {
  @PrimaryColumn('text')
  key!: string
  @Column('uuid')
  meeting!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('uuid')
  invitee!: string
  @Column('text')
  kind!: MailKind
  @Column('int')
  sequence!: number
  @Column('int', { name: 'protocol_version', nullable: true })
  protocolVersion!: number | null
  @Column('text')
  state!: MailState
  @Column(INSTANT)
  at!: number
  @Column('int')
  copies!: number
  @Column({ ...INSTANT, name: 'asked_at' })
  askedAt!: number
}
