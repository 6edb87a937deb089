import type { Filling } from '../form-state.ts'
import { useHere } from '../me.tsx'

/** That the form goes on from a draft, and the way to begin anew. Nothing where it does not. */
export function DraftNote({ filling }: { filling: Filling }) {
  const { words } = useHere()
  if (!filling.fromDraft) return null
  return (
    <p className="note">
      {words.draftFound}{' '}
      <button type="button" className="plain" onClick={filling.drop}>
        {words.draftDrop}
      </button>
    </p>
  )
}
