/** What anybody may ask, for the test of every role on every route. */
const nothing = async () => ({ params: {} });

export const publicThings = {
  verifyCode: async () => ({ params: {}, body: { code: 'RX1:' } }),
  readKeys: nothing,
  readRevocations: nothing,
  readLogKey: nothing,
  readPeriodKey: nothing,
  readOpenApi: nothing,
  readDocs: nothing,
};
