import groovy.json.JsonSlurper

def results = new JsonSlurper().parse(new File(basedir, 'target/sandbox/results.json'))
assert results.strategies*.verdict == ['OK']
