"""Signs lists of URLs with botocore in one process, its key loaded once, and tells how long each list took.

Reads JSON lines. The first one:
    {"keyPairId": "<ID>", "pem": "<private RSA key>", "expires": <epoch seconds>}
and then one for each list of URLs:
    ["<URL>", …]
It answers each of these with a line:
    {"seconds": <for the whole list>, "signed": ["<signed URL>", …]}
"""

import datetime
import json
import sys
import time

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key

setting = json.loads(sys.stdin.readline())
key = load_pem_private_key(setting["pem"].encode(), None)
until = datetime.datetime.fromtimestamp(setting["expires"], datetime.timezone.utc)
signer = CloudFrontSigner(
    setting["keyPairId"],
    lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA1()),
)

for line in sys.stdin:
    urls = json.loads(line)
    begun = time.perf_counter()
    signed = [signer.generate_presigned_url(url, date_less_than=until) for url in urls]
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "signed": signed}), flush=True)
