/** When it happened: terms are counted from it. */
import type { Typed } from '../form-state.ts'
import { useHere } from '../me.tsx'
import { MomentInput } from './field.tsx'

export function Happened({
  typed,
  set,
  errors,
  now,
}: {
  typed: Typed
  set(more: Partial<Typed>): void
  errors: ReadonlyMap<string, string>
  now: number
}) {
  const { words } = useHere()
  const error = errors.get('/happenedAt')
  return (
    <div className="field">
      <label htmlFor="happened-at">{words.whenHappened}</label>
      <p className="hint" id="happened-at-hint">
        {words.whenHint}
      </p>
      <MomentInput
        about={{ id: 'happened-at', 'aria-describedby': 'happened-at-hint', 'aria-invalid': error ? true : undefined }}
        value={(typed['happenedAt'] as string | undefined) ?? new Date(now).toISOString()}
        set={(to) => set({ happenedAt: to })}
      />
      {error && <p className="error">{error}</p>}
    </div>
  )
}
