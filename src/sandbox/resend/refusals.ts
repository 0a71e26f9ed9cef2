// Resend's refusals that concern the account, not the message: its key, its domain, its plan, the account itself. Status
// and name of a refusal have changed over time, and depend on the endpoint.

import { problem } from './answers.ts'

export const REFUSALS = {
  'key is missing': problem(401, 'missing_api_key', 'Missing API Key'),
  /** An unknown or deleted key: first as the sending endpoints answer, then as all others do. */
  'key is unknown': problem(401, 'validation_error', 'API key is invalid'),
  'key is invalid': problem(400, 'validation_error', 'API key is invalid'),
  /** The same as documented, and as Resend answered for a long time. */
  'key is forbidden': problem(403, 'invalid_api_key', 'API key is invalid'),
  'key may only send': problem(
    401,
    'restricted_api_key',
    'This API key is restricted to only send emails.',
  ),
  'key is of another domain': problem(
    403,
    'validation_error',
    'This API key is not authorized to send emails from larkspur.example.com',
  ),
  'domain is not verified': problem(
    403,
    'validation_error',
    'The larkspur.example.com domain is not verified. Please, add and verify your domain on https://resend.com/domains',
  ),
  'testing only': problem(
    403,
    'validation_error',
    'You can only send testing emails to your own email address (owner@larkspur.example.com). To send emails to other recipients, please verify a domain at resend.com/domains, and change the `from` address to an email using this domain.',
  ),
  'region is invalid': problem(422, 'invalid_region', 'Region must be one of the supported ones.'),
  'daily quota is used up': problem(
    429,
    'daily_quota_exceeded',
    'You have reached your daily email sending quota.',
  ),
  'monthly quota is used up': problem(
    429,
    'monthly_quota_exceeded',
    'You have reached your monthly email sending quota.',
  ),
  'plan is too small': problem(
    403,
    'validation_error',
    'Your plan does not include this. Upgrade your plan to continue.',
  ),
  'account is suspended': problem(
    403,
    'validation_error',
    'Your account has been suspended. Contact support@resend.com.',
  ),
} as const

export type Refusal = keyof typeof REFUSALS
