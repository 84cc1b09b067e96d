const vscode = require('vscode');

exports.activate = async () => {
  await vscode.commands.executeCommand('cloudfrontSigner.importPrivateKey', {
    file: process.env.DEMO_PRIVATE_KEY_FILE,
    name: 'Demo key',
  });
};
