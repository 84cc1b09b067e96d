"""Signs URLs with botocore, by canned and custom policies.

Reads JSON lines. The first one:
    {"keyPairId": "<ID>", "pem": "<private RSA key>"}
and then one for each URL, the last three of them optional:
    {"url": "<URL>", "ends": <epoch seconds>, "resource": "<resource>", "begins": <epoch seconds>,
     "address": "<IPv4 range>"}
It answers each of these with a line, the signed URL in JSON.
"""

import datetime
import json
import sys

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_private_key

setting = json.loads(sys.stdin.readline())
key = load_pem_private_key(setting["pem"].encode(), None)
signer = CloudFrontSigner(
    setting["keyPairId"],
    lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA1()),
)


def moment(seconds):
    return seconds and datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


for line in sys.stdin:
    asked = json.loads(line)
    end = moment(asked["ends"])
    if "resource" in asked:
        policy = signer.build_policy(
            asked["resource"], end, moment(asked.get("begins")), asked.get("address")
        )
        signed = signer.generate_presigned_url(asked["url"], policy=policy)
    else:
        signed = signer.generate_presigned_url(asked["url"], date_less_than=end)
    print(json.dumps(signed))
