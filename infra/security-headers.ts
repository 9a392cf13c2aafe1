/**
 * What every page of Darmon may load, said once for CloudFront and for the local cloud. Imports nothing, so that
 * starting the local cloud does not load CDK for it.
 */

/**
 * The Content-Security-Policy of the web app. `connect` lists the origins beside its own that the page may call:
 * the issuer of tokens and its sign-in pages (empty where the issuer is on the same origin).
 */
export const contentSecurityPolicy = (connect: readonly string[]): string =>
  [
    "default-src 'self'",
    // The scanner's decoder is WebAssembly; nothing else may be evaluated.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Mantine sets its colour scheme and positions through style elements and attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self' blob:",
    // A prescription's PDF is made in the page and shown in a frame before it is printed.
    "frame-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Headers beside the policy, in the values CloudFront sends. The camera is for scanning, on our own origin only. */
export const securityHeaders = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
} as const;
