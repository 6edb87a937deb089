/** What belongs to a referral: its packets, each time it went out, the mails of that, and what was answered. */
import type { Enclosure, ReferralAnswerForm } from '@tirek/contract/forms/referral'
import type { MailState } from '@tirek/contract/mails'
import type { ReferralMailKind } from '@tirek/contract/referral-mails'
import { INSTANT, OPTIONAL_INSTANT } from '@tirek/proceedings/columns'
import { Column, Entity, PrimaryColumn } from 'typeorm'

/** One version of the packet. Frozen once it has gone out. */
@Entity({ schema: 'referrals', name: 'packet' })
export class PacketEntity {
  @PrimaryColumn('uuid')
  referral!: string
  @PrimaryColumn('int')
  version!: number
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column({ ...INSTANT, name: 'made_at' })
  madeAt!: number
  @Column('uuid', { name: 'made_by' })
  madeBy!: string
  @Column({ ...OPTIONAL_INSTANT, name: 'frozen_at' })
  frozenAt!: number | null
  @Column('uuid')
  file!: string
  @Column('jsonb')
  enclosures!: Enclosure[]
  /** What it was printed from, with hashes of what it said: compared with what stands when it goes out. */
  @Column('jsonb')
  sources!: string[]
}

@Entity({ schema: 'referrals', name: 'file' })
export class FileEntity {
  @PrimaryColumn('uuid')
  id!: string
  @Column('uuid')
  referral!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  /** `packet`: it leaves the house. `document`: it becomes pages of one. `answer`: it was handed in with one, or for one. */
  @Column('text')
  of!: 'packet' | 'document' | 'answer'
  /** Its id in the store of files. */
  @Column('text')
  stored!: string
  @Column('text')
  name!: string
  @Column('text')
  type!: string
  @Column('text')
  sha256!: string
  @Column('int')
  size!: number
  @Column({ ...INSTANT, name: 'made_at' })
  madeAt!: number
}

@Entity({ schema: 'referrals', name: 'sending' })
export class SendingEntity {
  @PrimaryColumn('uuid')
  referral!: string
  @PrimaryColumn('int')
  n!: number
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('text')
  way!: 'mail' | 'paper'
  @Column(INSTANT)
  at!: number
  @Column('uuid')
  by!: string
  @Column('int')
  packet!: number
  @Column('text', { nullable: true })
  number!: string | null
  @Column('text', { nullable: true })
  day!: string | null
  @Column('text', { nullable: true })
  addressee!: string | null
  /** The address it was sent to. */
  @Column('text', { nullable: true })
  address!: string | null
  /** Of the file behind the link of its mail. */
  @Column('text', { nullable: true })
  code!: string | null
}

/** A mail that was asked to be sent, and what became of it. */
@Entity({ schema: 'referrals', name: 'mail' })
export class MailEntity {
  @PrimaryColumn('text')
  key!: string
  @Column('uuid')
  referral!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('int')
  sending!: number
  @Column('text')
  kind!: ReferralMailKind
  @Column('text')
  state!: MailState
  @Column(INSTANT)
  at!: number
  @Column('int')
  copies!: number
  @Column({ ...INSTANT, name: 'asked_at' })
  askedAt!: number
}

/** One answer of the body. Never changed: a later one is another row. */
@Entity({ schema: 'referrals', name: 'answer' })
export class AnswerEntity {
  @PrimaryColumn('text')
  key!: string
  @Column('uuid')
  referral!: string
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('int')
  n!: number
  @Column('text')
  by!: 'link' | 'person'
  @Column(INSTANT)
  at!: number
  @Column({ ...INSTANT, name: 'recorded_at' })
  recordedAt!: number
  @Column('uuid', { name: 'recorded_by', nullable: true })
  recordedBy!: string | null
  @Column('jsonb')
  content!: ReferralAnswerForm
}
