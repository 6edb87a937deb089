/** The page one comes to: the day's work; for auditors, who have no cases, the trail. */
import { Navigate } from '@tanstack/react-router'
import { useHere } from '../me.tsx'
import { TodayPage } from './today.tsx'

export const FirstPage = () => (useHere().me.role === 'auditor' ? <Navigate to="/trail" replace /> : <TodayPage />)
