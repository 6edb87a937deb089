/** The pages themselves: begins when all their scripts are there. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refused } from './api.ts'
import { layOut } from './first-known.ts'
import { router } from './routes.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays one however often it is asked; a lost connection may come back.
      retry: (count, error) => count < 3 && error instanceof Refused && (error.offline || error.problem.status === 503),
      retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
    },
    // Without a connection a form fails at once and says so, instead of waiting in silence as if it were being saved.
    mutations: { retry: false, networkMode: 'always' },
  },
})

layOut(queries)
const show = () =>
  createRoot(document.getElementById('page')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
// Until the page asked for is there, the skeleton stands that came with the address, and no empty screen.
void router.load().then(show, show)

// Notices come by it while no page is open; it keeps the built files, so that a page opens on a bad line.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/worker.js').catch(() => {})
