/** Who has confirmed by the link of a letter that they have read it. It ends nothing, so it is said in small words. */
import { useReceipts } from '../case-data.ts'
import { useHere, usePeople } from '../me.tsx'
import { TOLD } from '../words.ts'

export function Confirmed({ caseId, deadlineKey, timeOf }: { caseId: string; deadlineKey: string; timeOf(at: number): string }) {
  const { me, lang, words } = useHere()
  const people = usePeople()
  const receipts = useReceipts(caseId)
  if (receipts.isError) return <p className="soft confirmed">{words.receiptsUnknown}</p>
  const confirmed = (receipts.data?.items ?? [])
    .filter((one) => one.deadlineKey === deadlineKey && one.confirmedAt !== undefined)
    .toSorted((a, b) => a.confirmedAt! - b.confirmedAt!)
  if (confirmed.length === 0) return null
  return (
    <p className="soft confirmed">
      {words.confirmedRead}:{' '}
      {confirmed
        .map(({ person, roles, confirmedAt }) => {
          const name = person === me.person ? words.you : people.get(person)?.name
          const role = roles.map((one) => TOLD[one]?.[lang] ?? one).join(', ')
          return `${timeOf(confirmedAt!)} ${name ? `${name}, ${role}` : role}`
        })
        .join('; ')}
    </p>
  )
}
