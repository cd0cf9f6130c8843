import Cryptography
import Testing

@Suite struct AmazonSignatureTests {
    @Test func `a request is signed as Amazon's own examples are`() {
        // `post-vanilla` of the test suite of Signature Version 4.
        let signature = AmazonSignature(
            accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1", service: "service"
        )
        let signed = signature.authorization(
            method: "POST", path: "/", headers: ["host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"], body: [],
            time: "20150830T123600Z")
        #expect(
            signed == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
    }
}
