/** The page one comes to: the day's work; for whoever has none, what their role is for. */
import { Navigate } from '@tanstack/react-router'
import { useHere } from '../me.tsx'
import { TodayPage } from './today.tsx'

export function FirstPage() {
  const { may } = useHere().me
  if (may.includes('own work list')) return <TodayPage />
  return <Navigate to={may.includes('list cases') ? '/cases' : may.includes('read the trail') ? '/trail' : '/notices'} replace />
}
