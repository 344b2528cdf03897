import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper

for (outcome in ['passed', 'failed']) {
    def output = new File(basedir, "target/$outcome")
    def results = new JsonSlurper().parse(new File(output, 'results.json'))
    assert results.strategies*.name == ['exits', 'never']
    assert results.strategies*.verdict == ['REJECTED', 'OK']
    def finding = results.strategies[0].findings[0]
    assert finding.path == 'Exits.java' && finding.line == 7 && finding.severity == 'deny'
    def suite = new XmlSlurper().parse(new File(output, 'junit/TEST-sandbox.xml'))
    assert suite.@tests == 2 && suite.@failures == 1 && suite.testcase[0].failure.@type == 'REJECTED'
}
assert !new JsonSlurper().parse(new File(basedir, 'target/passed/validation.json')).files[0].accepted
assert new JsonSlurper().parse(new File(basedir, 'target/passed/validation.sarif')).runs[0].results[0].ruleId == 'jvm-exit'
assert !new File(basedir, 'target/report').exists()

def log = new File(basedir, 'build.log').readLines()
def end = log.findIndexOf { it.contains('BUILD SUCCESS') }
assert !log.take(end).any { it.startsWith('[ERROR]') }
assert log.take(end).any { it.startsWith('[WARNING] exits/Exits.java:7: ') }

def failures = log.drop(end).findAll { it.startsWith('[ERROR] Failed to execute goal') }
assert failures.size() == 2
assert failures[0].contains('1 of 2 strategies not OK: exits (REJECTED at exits/Exits.java:7, see failures/exits); see ')
assert failures[1].contains('container only') && failures[1].contains('setup_docker_sandbox.sh')
