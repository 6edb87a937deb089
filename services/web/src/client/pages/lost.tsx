import { Link } from '@tanstack/react-router'
import { useHere } from '../me.tsx'

export function LostPage() {
  const { words } = useHere()
  return (
    <main id="content">
      <h1>{words.notFoundTitle}</h1>
      <p>{words.notFoundLead}</p>
      <p>
        <Link to="/">{words.toStart}</Link>
      </p>
    </main>
  )
}
