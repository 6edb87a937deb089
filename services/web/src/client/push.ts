/** Notices of the hour on this device: allowed, stopped. */
import type { PushAllowed } from '@tirek/contract/letters'
import { ask } from './api.ts'

const canPush = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
/** `cannot`: this browser has none; `refused`: the person said no to the browser, which asks no more. */
export type PushState = 'cannot' | 'refused' | 'off' | 'on'

const subscription = async (): Promise<PushSubscription | null> => {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

export async function pushState(): Promise<PushState> {
  if (!canPush()) return 'cannot'
  if (Notification.permission === 'denied') return 'refused'
  return (await subscription()) ? 'on' : 'off'
}

export const allowedPush = (signal?: AbortSignal): Promise<PushAllowed> => ask('/api/notices/push', { signal })

/** The browser asks the person. Returns what came of it. */
export async function startPush(key: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const registration = await navigator.serviceWorker.ready
  // Made anew: one that was asked for with another key takes nothing of ours.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const { endpoint, keys } = made.toJSON()
  try {
    await ask('/api/notices/push', { method: 'PUT', body: { endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } } })
  } catch (error) {
    await made.unsubscribe()
    throw error
  }
  return 'on'
}

export async function stopPush(): Promise<void> {
  if (!canPush()) return
  const known = await subscription()
  if (!known) return
  const { endpoint } = known
  await known.unsubscribe()
  await ask('/api/notices/push/stop', { method: 'POST', body: { endpoint }, signal: AbortSignal.timeout(3_000) })
}
