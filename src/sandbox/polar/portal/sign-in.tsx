/** @jsxImportSource hono/jsx */
// The sign-in pages: an address, then the code that was sent to it.

import { SignedOut } from './layout.tsx'

type Merchant = { name: string; slug: string }

export const RequestPage = ({ organization, email }: { organization: Merchant; email: string }) => (
  <SignedOut title="Sign in" organization={organization}>
    <h1>Sign in</h1>
    <p class="soft">
      Enter the address that you bought with. We will send it a code that signs you in to your
      orders and subscriptions.
    </p>
    <form
      class="sheet pad stack wide"
      method="post"
      action={`/${organization.slug}/portal/request`}
    >
      <label class="field">
        Email address
        <input
          type="email"
          name="email"
          value={email}
          required
          autocomplete="email"
          data-testid="sign-in-email"
        />
      </label>
      <button type="submit" data-testid="sign-in-request">
        Send me a code
      </button>
    </form>
  </SignedOut>
)

export const AuthenticatePage = ({
  organization,
  email,
  hint,
  isWrong,
}: {
  organization: Merchant
  email: string
  /** Shows the code, since the sandbox sends no email. */
  hint: string | undefined
  isWrong: boolean
}) => (
  <SignedOut title="Enter your code" organization={organization}>
    <h1>Enter your code</h1>
    <p class="soft">
      If <b>{email}</b> belongs to a customer, a code of six characters is on its way. It works for
      30 minutes.
    </p>
    <div class="note wait">
      <b>Sandbox only</b>
      {hint === undefined ? (
        <span data-testid="sign-in-no-code">
          No customer in this sandbox has this address, so there is no code.
        </span>
      ) : (
        <>
          <span>No email is sent from here. The code is</span>
          <span class="code" data-testid="sign-in-code-hint">
            {hint}
          </span>
        </>
      )}
    </div>
    {isWrong && (
      <div class="note bad" role="alert">
        <b>That code is wrong or too old</b>
        <span>Check it, or ask for another one.</span>
      </div>
    )}
    <form
      class="sheet pad stack wide"
      method="post"
      action={`/${organization.slug}/portal/authenticate`}
    >
      <input type="hidden" name="email" value={email} />
      <label class="field">
        Code
        <input
          type="text"
          name="code"
          required
          maxlength={6}
          autocomplete="one-time-code"
          autocapitalize="characters"
          data-testid="sign-in-code"
        />
      </label>
      <button type="submit" data-testid="sign-in-submit">
        Sign in
      </button>
    </form>
    <p class="small">
      <a href={`/${organization.slug}/portal/request?${new URLSearchParams({ email })}`}>
        Use another address
      </a>
    </p>
  </SignedOut>
)

export const NotFoundPage = ({ organization }: { organization: Merchant }) => (
  <SignedOut title="Not found" organization={organization}>
    <h1>This page could not be found</h1>
    <p class="soft">It may belong to somebody else, or to nobody.</p>
    <p>
      <a class="button" href={`/${organization.slug}/portal/request`}>
        Sign in
      </a>
    </p>
  </SignedOut>
)
