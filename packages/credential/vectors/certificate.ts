/** Codes of a device that are refused. */
import { type Certificate, certificateAad, makeCertificate } from '../certificate.ts';
import { compressKey } from '../p256.ts';
import { packText } from '../payload.ts';
import {
  array,
  at,
  type Bytes,
  bstr,
  certificateHeader,
  certificateSample,
  day,
  delegatedParts,
  envelope,
  expiry,
  flip,
  headerOf,
  hex,
  int,
  issuedAt,
  join,
  type Keys,
  lineItems,
  now,
  parts,
  payloadOf,
  type Refused,
  sample,
  sealed,
  signature1,
  text,
} from './parts.ts';
import type { TestKey } from './test-keys.ts';

export const certificateFaults = async (keys: Keys): Promise<Refused[]> => {
  const { device, certificate: issuer } = keys;
  const sound = certificateSample(keys);
  const payload = payloadOf(delegatedParts());
  /** A device's code over whatever stands for a certificate. */
  const under = async (
    certificate: Bytes,
    what: { payload?: Bytes; header?: Bytes; by?: TestKey; aad?: Bytes } = {},
  ): Promise<string> => {
    const made = await envelope(
      what.by ?? device,
      what.payload ?? payload,
      what.header ?? hex('a1 0126'),
      what.aad ?? certificate,
    );
    return text(sealed({ ...made, unprotected: certificateHeader(certificate) }));
  };
  const issue = (change: Partial<Certificate> = {}, by: TestKey = issuer): Promise<Bytes> =>
    makeCertificate({ ...sound, ...change }, by);
  const items = (): Bytes[] => [
    bstr(hex(sound.id)),
    bstr(compressKey(device.jwk)),
    bstr(packText('DOCTOR')),
    bstr(packText('CL-1001')),
    int(sound.notBefore),
    int(72),
    int(100),
  ];
  const raw = async (body: Bytes, aad: Bytes = certificateAad): Promise<Bytes> =>
    sealed(await envelope(issuer, body, headerOf(issuer.kid), aad));
  const spoilt = (index: number, value: Bytes): Promise<Bytes> => raw(array(items().toSpliced(index, 1, value)));
  const good = await issue();
  const certificateEnvelope = await envelope(issuer, array(items()), headerOf(issuer.kid), certificateAad);
  const high = sealed({
    ...certificateEnvelope,
    signature: await issuer.signHigh(signature1(headerOf(issuer.kid), array(items()), certificateAad)),
  });
  const numbered = (sequence: number): Bytes => payloadOf(delegatedParts().set(9, int(sequence)));
  const issued = (seconds: number): Bytes => payloadOf(delegatedParts().set(3, int(seconds)));
  const potent = payloadOf(delegatedParts().set(8, array([array(lineItems().toSpliced(2, 1, int(2)))])));
  const direct = payloadOf(parts());
  const made = await envelope(device, payload, hex('a1 0126'), good);
  const highDevice = await device.signHigh(signature1(hex('a1 0126'), payload, good));
  return [
    ['the certificate taken off', 'certificate-missing', text(sealed(made))],
    ['a kid beside the certificate', 'malformed', await under(good, { header: headerOf(issuer.kid) })],
    [
      'clinic and prescriber in the payload too',
      'certificate-holder',
      await under(good, { payload: payloadOf(parts().set(9, int(0))) }),
    ],
    [
      'a payload with its own clinic and no sequence number',
      'certificate-holder',
      await under(good, { payload: direct }),
    ],
    ['a certificate of one byte', 'certificate-malformed', await under(hex('00'))],
    ['a certificate of 201 bytes', 'malformed', await under(new Uint8Array(201))],
    ['a tagged certificate', 'certificate-malformed', await under(join(hex('d2'), good))],
    ['a byte after the certificate', 'certificate-malformed', await under(join(good, hex('00')))],
    ['a certificate cut off', 'certificate-malformed', await under(good.slice(0, -1))],
    [
      'a certificate that carries a certificate',
      'certificate-malformed',
      await under(sealed({ ...certificateEnvelope, unprotected: certificateHeader(hex('00')) })),
    ],
    [
      'a certificate without a kid',
      'certificate-malformed',
      await under(sealed(await envelope(issuer, array(items()), hex('a1 0126'), certificateAad))),
    ],
    [
      'a certificate by another algorithm',
      'certificate-malformed',
      await under(
        sealed(await envelope(issuer, array(items()), join(hex('a2 0127 04'), bstr(issuer.kid)), certificateAad)),
      ),
    ],
    ['a certificate of six values', 'certificate-malformed', await under(await raw(array(items().slice(0, 6))))],
    ['a certificate of eight values', 'certificate-malformed', await under(await raw(array([...items(), int(0)])))],
    ['a certificate id of eight bytes', 'certificate-malformed', await under(await spoilt(0, bstr(new Uint8Array(8))))],
    [
      'a device key off the curve',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('02'), new Uint8Array(31), hex('01'))))),
    ],
    [
      'a device key beyond the field',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('02'), new Uint8Array(32).fill(255))))),
    ],
    [
      'a device key that is not compressed',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('04'), new Uint8Array(64).fill(1))))),
    ],
    ['a lifetime in thousandths', 'certificate-malformed', await under(await spoilt(5, hex('f95480')))],
    ['a lifetime of 73 hours', 'certificate-too-long', await under(await spoilt(5, int(73)))],
    ['a lifetime of a year', 'certificate-too-long', await under(await spoilt(5, int(8760)))],
    ['a lifetime of no hours', 'certificate-malformed', await under(await spoilt(5, int(0)))],
    ['a certificate for no prescriptions', 'certificate-malformed', await under(await spoilt(6, int(0)))],
    ['a certificate for 501 prescriptions', 'certificate-malformed', await under(await spoilt(6, int(501)))],
    ['a certificate of a stranger', 'certificate-unknown-kid', await under(await issue({}, keys.stranger))],
    [
      'a certificate signed by a prescription key',
      'certificate-unknown-kid',
      await under(await issue({}, keys.prescription)),
    ],
    ['a certificate that the device made for itself', 'certificate-unknown-kid', await under(await issue({}, device))],
    [
      'a certificate of a stranger under a known kid',
      'certificate-bad-signature',
      await under(await issue({}, { ...keys.stranger, kid: issuer.kid })),
    ],
    [
      'a certificate signed as a prescription',
      'certificate-bad-signature',
      await under(await raw(array(items()), new Uint8Array(0))),
    ],
    ['a certificate with a high S', 'certificate-high-s', await under(high)],
    [
      "a flipped bit in the certificate's clinic",
      'certificate-bad-signature',
      await under(flip(good, Buffer.from(good).indexOf(packText('CL-1001')) + 3)),
    ],
    ["a flipped bit in the certificate's signature", 'certificate-bad-signature', await under(flip(good, -40))],
    [
      'a certificate whose key was not yet in use',
      'certificate-key-not-current',
      await under(await issue({}, keys['certificate-next'])),
    ],
    [
      'a certificate whose key had gone out of use',
      'certificate-key-not-current',
      await under(await issue({ notBefore: issuedAt + day }), { payload: issued(issuedAt + day) }),
      { now: at(issuedAt + 2 * day) },
    ],
    ['signed by another device', 'bad-signature', await under(good, { by: keys.stranger })],
    ['signed without naming the certificate', 'bad-signature', await under(good, { aad: new Uint8Array(0) })],
    [
      'another certificate of the same device put in',
      'bad-signature',
      await under(await issue({ id: '000000000001' }), { aad: good }),
    ],
    [
      "a device's signature with a high S",
      'high-s',
      text(sealed({ ...made, signature: highDevice, unprotected: certificateHeader(good) })),
    ],
    [
      'issued a second before the certificate begins',
      'certificate-not-yet-valid',
      await under(good, { payload: issued(sound.notBefore - 1) }),
    ],
    [
      'issued when the certificate ends',
      'certificate-expired',
      await under(good, { payload: issued(sound.notBefore + 72 * 3600) }),
      { now: at(issuedAt + 4 * day) },
    ],
    [
      'one prescription more than the certificate allows',
      'certificate-count',
      await under(good, { payload: numbered(100) }),
    ],
    ['a sequence number that no certificate allows', 'malformed', await under(good, { payload: numbered(500) })],
    ['a controlled medicine', 'certificate-controlled', await under(good, { payload: potent })],
    [
      'a revoked certificate',
      'certificate-revoked',
      await under(good),
      { revoked: { madeAt: now, prescriptions: [], certificates: [sound.id] } },
    ],
    [
      'a revoked prescription of a device',
      'revoked',
      await under(good),
      { revoked: { madeAt: now, prescriptions: [sample.id], certificates: [] } },
    ],
    ["a device's code at the end of its validity", 'expired', await under(good), { now: at(expiry) }],
    ["a device's code from the future", 'not-yet-valid', await under(good), { now: at(issuedAt - 301) }],
  ];
};
