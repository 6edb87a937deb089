import type { ProtocolContent } from '@tirek/contract/forms/meeting'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { INSTANT, OPTIONAL_INSTANT } from '@tirek/proceedings/columns'

export type ProtocolRecipient = {
  invitee: string
  /** Of the file behind their link. */ code?: string
  handed?: { way: string; day: string; at: number; by: string }
}

/** One version of a protocol. Approved it is final: a correction is the next version. */
@Entity({ schema: 'meetings', name: 'protocol' })
export class ProtocolEntity {
  @PrimaryColumn('uuid')
  meeting!: string
  @PrimaryColumn('int')
  version!: number
  @Column('uuid', { name: 'case_id' })
  caseId!: string
  @Column('text')
  state!: 'written' | 'approved'
  @Column('text', { nullable: true })
  number!: string | null
  @Column('jsonb')
  content!: ProtocolContent
  @Column('jsonb')
  recipients!: ProtocolRecipient[]
  @Column('text', { nullable: true })
  changed!: string | null
  @Column('uuid', { name: 'written_by' })
  writtenBy!: string
  @Column({ ...INSTANT, name: 'written_at' })
  writtenAt!: number
  @Column('uuid', { name: 'approved_by', nullable: true })
  approvedBy!: string | null
  @Column({ ...OPTIONAL_INSTANT, name: 'approved_at' })
  approvedAt!: number | null
}
