// The toolchain is Node 24 whatever the machine has: a skipped install would run the tests on the wrong engine in silence.
if (!process.versions.node.startsWith('24.')) throw new Error(`tests run on Node 24, not ${process.versions.node}`);
