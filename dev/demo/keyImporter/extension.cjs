const vscode = require('vscode');

exports.activate = async () => {
  await vscode.commands.executeCommand('cloudfrontSigner.importPrivateKey', {
    file: process.env.DEMO_PRIVATE_KEY_FILE,
    keyPairId: process.env.DEMO_KEY_PAIR_ID,
    name: 'Demo key',
  });
};
